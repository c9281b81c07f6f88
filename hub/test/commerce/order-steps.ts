import { asId, newId, type LineId } from "@weft/kernel";
import { expect } from "vitest";
import { cancelOrder, changeOrder } from "../../src/modules/checkout/index.ts";
import { advance, handOver } from "../../src/modules/fulfillment/index.ts";
import { takeReturn, type ReturnId } from "../../src/modules/returns/index.ts";
import { TILLS } from "../sale-hub.ts";
import { nthOf } from "./cart-steps.ts";
import { PRICE, taken, TAKES, VOUCHER } from "./goods.ts";
import type { ModelLine, ModelOrder } from "./model.ts";
import type { StepOf } from "./steps.ts";
import { attempt, placeAt, realOrder, tillAt, type World } from "./world.ts";

const toCollect = ({ model }: World): ModelOrder[] => model.orders.filter(({ isSold }) => !isSold);
const left = ({ ordered, canceled, returned }: ModelLine): number => ordered - canceled - returned;

/** The place begins, or has it ready: from then on nothing of it is changed. */
export async function prepare(world: World, { nth, isReady }: StepOf<"prepare">): Promise<void> {
  const order = nthOf(toCollect(world), nth);
  if (!order) return;
  const { fulfillment } = realOrder(world, order);
  const act = isReady ? ("ready" as const) : ("prepare" as const);
  const done = await attempt(world, "preparations", (ctx) => advance(ctx, fulfillment, act), tillAt(world, order.place));
  const isPossible = order.state === "open" || (order.state === "begun" && (isReady || !order.isReady));
  expect(done.ok).toBe(isPossible);
  if (!isPossible) return;
  order.state = "begun";
  order.isReady = isReady || order.isReady;
}

/** Goods are given to whoever comes for them, once, and what is due is paid then. */
export async function give(world: World, { nth, isTwice }: Omit<StepOf<"hand over">, "do">): Promise<void> {
  const order = nthOf(toCollect(world), nth);
  if (order) await giveOrder(world, order, isTwice);
}

export async function giveOrder(world: World, order: ModelOrder, isTwice: boolean): Promise<void> {
  const { fulfillment, number } = realOrder(world, order);
  const tenders = world.model.due(order) > 0 ? [{ kind: "cash" as const }] : [];
  const wanted = { fulfillmentId: fulfillment, proof: "order_number", code: number, tenders } as const;
  const one = () => attempt(world, "hand-overs", (ctx) => handOver(ctx, world.hub, wanted), tillAt(world, order.place));
  const given = await Promise.all(isTwice ? [one(), one()] : [one()]);
  for (const each of given) expect(each.ok).toBe(order.state !== "canceled");
  if (order.state === "open" || order.state === "begun") world.model.handOver(order);
}

export async function cancel(world: World, { nth, isTwice }: Omit<StepOf<"cancel">, "do">): Promise<void> {
  const order = nthOf(toCollect(world), nth);
  if (order) await callOff(world, order, isTwice);
}

export async function callOff(world: World, order: ModelOrder, isTwice: boolean): Promise<void> {
  const { id } = realOrder(world, order);
  const one = () => attempt(world, "cancellations", (ctx) => cancelOrder(ctx, id, "a change of mind"));
  const gone = await Promise.all(isTwice ? [one(), one()] : [one()]);
  for (const each of gone) expect(each.ok).toBe(order.state === "open" || order.state === "canceled");
  if (order.state === "open") world.model.cancel(order);
}

type Wish = Parameters<typeof changeOrder>[3];
const NOTHING: Wish = {
  remove: [],
  add: [],
  address: null,
  contact: null,
  reason: null,
  tenders: [],
  expectedDifference: null,
  version: null,
};

/** Units of a line are given up while the rest goes on. */
export async function takeOff(world: World, { nth, line: which, units }: StepOf<"take off">): Promise<void> {
  const order = nthOf(toCollect(world), nth);
  const line = order && nthOf(order.lines, which);
  if (!order || !line) return;
  const { id, actor } = realOrder(world, order);
  const remove = [{ orderLineId: lineIdOf(world, order, line), quantity: units }];
  const done = await attempt(world, "units taken off", (ctx) => changeOrder(ctx, world.hub.deps, id, { ...NOTHING, remove }), actor);
  expect(done.ok).toBe(order.state === "open" && units <= left(line));
  if (done.ok) world.model.cancelUnits(order, line, units);
}

/** Goods come to an order at today's price, paid by card, or at the collection where all of it is. */
export async function add(world: World, { nth, goods, units }: StepOf<"add">): Promise<void> {
  const { model, hub } = world;
  const order = nthOf(toCollect(world), nth);
  if (!order) return;
  const real = realOrder(world, order);
  const amount = (PRICE[goods] ?? 0) * units;
  const isDue = model.due(order) > 0;
  const tenders = [isDue ? ({ kind: "due_at_collection" } as const) : ({ kind: "card", token: "inline" } as const)];
  const wish: Wish = { ...NOTHING, add: [{ sku: `SKU-${goods}`, quantity: units, options: [] }], tenders };
  const done = await attempt(world, "goods added", (ctx) => changeOrder(ctx, hub.deps, real.id, wish), real.actor);
  const isThere = [...taken(new Map([[goods, units]]))].every(([part, quantity]) => quantity <= model.free(order.place, part));
  expect(done.ok).toBe(order.state === "open" && isThere);
  if (!done.ok) return;
  order.lines.push({ goods, price: PRICE[goods] ?? 0, ordered: units, canceled: 0, returned: 0 });
  const due = isDue ? order.tenders.find(({ kind }) => kind === "due") : undefined;
  if (due) due.left += amount;
  else order.tenders.push({ kind: "card", left: amount, card: null });
  const [last] = await hub.rows<{ id: string }>("select id from orders.order_line where order_id = $1 order by position desc limit 1", [
    real.id,
  ]);
  real.lines.push(asId<LineId>(last?.id ?? ""));
}

const lineIdOf = (world: World, order: ModelOrder, line: ModelLine): LineId =>
  realOrder(world, order).lines[order.lines.indexOf(line)] ?? asId<LineId>("");

/**
 * Units come back at either store, also twice at once: by one act that was sent again, or by two. Money goes to what it was paid with, or
 * to store credit for whoever is known; what was made to order reaches no shelf.
 */
export async function bringBack(world: World, step: StepOf<"return">): Promise<void> {
  const order = nthOf(
    world.model.orders.filter(({ lines }) => lines.every(({ goods }) => goods !== VOUCHER)),
    step.nth,
  );
  const line = order && nthOf(order.lines, step.line);
  if (!order || !line) return;
  const { id: orderId } = realOrder(world, order);
  const [isKnown, isCounted] = [order.buyer !== 0, (TAKES[line.goods] ?? []).length > 0];
  const disposition = step.isRestocked ? ("restock" as const) : ("write_off" as const);
  const units = [{ orderLineId: lineIdOf(world, order, line), quantity: step.units, reason: "other" as const, disposition }];
  const common = { orderId, placeId: placeAt(world, step.place), channelId: TILLS, units, hasDrawer: true };
  const wanted = { ...common, refundTo: step.toCredit ? ("store_credit" as const) : ("tender" as const) };
  const first = newId<ReturnId>();
  const ids = step.twice === "once" ? [first] : [first, step.twice === "one id" ? first : newId<ReturnId>()];
  const acts = ids.map((id) => attempt(world, "returns", (ctx) => takeReturn(ctx, { ...wanted, id }), tillAt(world, step.place)));
  const taken = (await Promise.all(acts)).filter(({ ok }) => ok).length;
  const isPossible = order.state === "handed" && (isCounted || !step.isRestocked) && (isKnown || !step.toCredit);
  const most = new Set(ids).size;
  expect(taken).toBe(isPossible ? Math.min(most, Math.floor(left(line) / step.units)) : 0);
  for (let n = 0; n < taken; n++) world.model.takeBack(order, line, step.units, step);
}
