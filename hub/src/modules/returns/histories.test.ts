import fc from "fast-check";
import { newId, type Result, type FulfillmentId, type IntentId, type LineId, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { advance, handOver } from "../fulfillment/index.ts";
import { stockInvariants } from "../stock/index.ts";
import { variantId } from "../../../test/goods-hub.ts";
import { BEANS, CAPPUCCINO, CROISSANT, LYON, MUG, PARIS, TILLS, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import {
  cancelOrder,
  completeSale,
  deskOn,
  saleActorOf,
  takeProviderAnswer,
  type CheckoutError,
  type PlacedSale,
} from "../checkout/index.ts";
import type { ReturnError } from "./errors.ts";
import { nameExchange, takeReturn, type ReturnId } from "./index.ts";
import { announceReturn } from "./requests/announce.ts";
import { inspectRequest, receiveRequest } from "./requests/decide.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  for (const goods of [MUG, BEANS, CROISSANT]) for (const place of [LYON, PARIS]) await receive(goods, place, 12);
}, 30_000);
afterAll(() => hub.close());

/** Goods that come in with their movement, so that levels can be folded. */
async function receive(goods: number, place: typeof LYON, units: number): Promise<void> {
  await hub.rows("insert into stock.level (variant_id, place_id, on_hand) values ($1, $2, $3)", [variantId(goods), place, units]);
  await hub.rows(
    "insert into stock.movement (kind, variant_id, place_id, quantity, cause_type, cause_id, line_id) values ('receipt', $1, $2, $3, 'entry', uuidv7(), $1)",
    [variantId(goods), place, units],
  );
}

const lines = fc.array(fc.tuple(fc.constantFrom(MUG, BEANS, CROISSANT, CAPPUCCINO), fc.integer({ min: 1, max: 3 })), {
  minLength: 1,
  maxLength: 3,
});
const place = fc.constantFrom(LYON, PARIS);
const step = fc.oneof(
  fc.record({
    do: fc.constant("order" as const),
    lines,
    place,
    pay: fc.constantFrom("inline", "due", "capture", "decline", "pending", "hang"),
  }),
  fc.record({ do: fc.constant("sell" as const), lines, place, mode: fc.constantFrom("live" as const, "recorded" as const) }),
  fc.record({ do: fc.constant("return" as const), nth: fc.nat(20), units: fc.integer({ min: 1, max: 3 }), place }),
  fc.record({ do: fc.constant("exchange" as const), nth: fc.nat(20), units: fc.integer({ min: 1, max: 2 }), place, lines }),
  fc.record({ do: fc.constant("announce" as const), nth: fc.nat(20), units: fc.integer({ min: 1, max: 2 }), place }),
  fc.record({ do: fc.constantFrom("cancel" as const, "prepare" as const, "hand over" as const, "answer late" as const), nth: fc.nat(20) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function act(
  step: Step,
  known: { orders: { id: OrderId; number: string; fulfillment: FulfillmentId; place: typeof LYON }[] },
): Promise<void> {
  if (step.do === "sell") {
    const till = tillActor(step.place);
    const cart = await hub.cart(step.lines, { actor: till, place: step.place });
    await hub.sell(cart, [{ kind: "cash" }], { mode: step.mode });
  } else if (step.do === "order") {
    const cart = await hub.cart(step.lines, { actor: await hub.customer(), place: step.place });
    if (step.pay !== "inline" && step.pay !== "due") hub.provider.script = step.pay as typeof hub.provider.script;
    const tender = step.pay === "due" ? ({ kind: "due_at_collection" } as const) : ({ kind: "card", token: step.pay } as const);
    const done = await hub.complete(cart, [tender]);
    const fulfillment = done.kind === "placed" ? done.view.fulfillments[0] : undefined;
    if (done.kind === "placed" && fulfillment)
      known.orders.push({
        id: done.view.id as OrderId,
        number: done.view.number,
        fulfillment: fulfillment.id as FulfillmentId,
        place: step.place,
      });
  } else if (step.do === "answer late") {
    const [intent] = await hub.rows<{ id: IntentId }>(
      "select id from payments.intent where state = 'pending_action' order by id offset $1 limit 1",
      [step.nth % 3],
    );
    if (intent)
      await takeProviderAnswer(
        deskOn(hub.around),
        hub.deps,
        intent.id,
        hub.provider.settle(intent.id, step.nth % 2 ? "captured" : "declined"),
      );
  } else if (step.do === "return") {
    await bringBack(step);
  } else if (step.do === "exchange") {
    await exchange(step);
  } else if (step.do === "announce") {
    await announceAndDecide(step);
  } else {
    const order = known.orders[step.nth % Math.max(1, known.orders.length)];
    if (!order) return;
    const till = tillActor(order.place);
    if (step.do === "cancel") await hub.run((ctx) => cancelOrder(ctx, order.id, "random"));
    else if (step.do === "prepare") await hub.run((ctx) => advance(ctx, order.fulfillment, step.nth % 2 ? "prepare" : "ready"), till);
    else {
      const wanted = { fulfillmentId: order.fulfillment, proof: "order_number", code: order.number } as const;
      const paid = await hub.run((ctx) => handOver(ctx, hub, { ...wanted, tenders: [] }), till);
      if (!paid.ok) await hub.run((ctx) => handOver(ctx, hub, { ...wanted, tenders: [{ kind: "cash" }] }), till);
    }
  }
}

/** Units of any order's line come back at any of the places, as many as somebody asks: what cannot is refused. */
async function bringBack({ nth, units, place: at }: Extract<Step, { do: "return" }>): Promise<void> {
  const [line] = await hub.rows<{ id: LineId; order_id: OrderId }>(
    "select id, order_id from orders.order_line where fulfilled > 0 order by order_id, position offset $1 limit 1",
    [nth],
  );
  if (!line) return;
  const disposition = nth % 2 ? ("restock" as const) : ("write_off" as const);
  const brought = [{ orderLineId: line.id, quantity: units, reason: "other" as const, disposition }];
  const wanted = { id: newId<ReturnId>(), orderId: line.order_id, placeId: at, channelId: TILLS, units: brought, hasDrawer: true };
  const taken = await hub.run((ctx) => takeReturn(ctx, wanted), tillActor(at));
  if (taken.ok) broughtBack += 1;
}
let broughtBack = 0;

const lineAt = async (nth: number) =>
  (
    await hub.rows<{ id: LineId; order_id: OrderId }>(
      "select id, order_id from orders.order_line where fulfilled > 0 order by order_id, position offset $1 limit 1",
      [nth],
    )
  )[0];

/** Units come back and a ticket goes out in one act, as the till does it; what cannot is refused whole. */
async function exchange({ nth, units, place: at, lines: out }: Extract<Step, { do: "exchange" }>): Promise<void> {
  const line = await lineAt(nth);
  if (!line) return;
  const till = tillActor(at);
  const cart = await hub.cart(out, { actor: till, place: at });
  const brought = [{ orderLineId: line.id, quantity: units, reason: "other" as const, disposition: "restock" as const }];
  const expectedTotal = cart.view.totals.total;
  const wanted = { id: newId<ReturnId>(), orderId: line.order_id, placeId: at, channelId: TILLS, units: brought, hasDrawer: true };
  const done = await hub.run(async (ctx): Promise<Result<PlacedSale, CheckoutError | ReturnError>> => {
    const taken = await takeReturn(ctx, { ...wanted, exchangeFor: expectedTotal.amount });
    if (!taken.ok) return taken;
    const fulfillment = { kind: "take_away", placeId: at, dining: "take_away", dueAt: null } as const;
    const actor = saleActorOf(ctx, TILLS);
    if (!actor) throw new Error("a till has a channel");
    const request = {
      cartId: cart.id,
      fulfillment,
      tenders: [{ kind: "cash" as const }],
      expectedTotal,
      contact: null,
      moved: taken.value.moved,
    };
    const sold = await completeSale(ctx, hub.deps, request, { mode: "live", at: ctx.now, actor });
    if (sold.ok) await nameExchange(ctx, wanted.id, sold.value.orderId);
    return sold;
  }, till);
  if (done.ok) exchanged += 1;
}
let exchanged = 0;

/** Units are announced, received and taken in part; what cannot is refused. */
async function announceAndDecide({ nth, units, place: at }: Extract<Step, { do: "announce" }>): Promise<void> {
  const line = await lineAt(nth);
  if (!line) return;
  const lines = [{ orderLineId: line.id, quantity: units, reason: "defective" as const }];
  const announced = await hub.run((ctx) => announceReturn(ctx, hub.vault, { orderId: line.order_id, way: "store", wish: "money", lines }));
  if (!announced.ok) return;
  await hub.run((ctx) => receiveRequest(ctx, announced.value, at), tillActor(at));
  const found = { lines: [{ orderLineId: line.id, accepted: nth % 2, disposition: "quarantine" as const }], reason: "as found" };
  await hub.run((ctx) => inspectRequest(ctx, announced.value, found), tillActor(at));
}

it("any history of orders, sales, returns, exchanges, announced returns, late answers, cancellations and hand-overs, three at a time, keeps every invariant", async () => {
  const known: Parameters<typeof act>[1] = { orders: [] };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 18 }), async (history) => {
      for (let at = 0; at < history.length; at += 3) await Promise.all(history.slice(at, at + 3).map((each) => act(each, known)));
      expect(await hub.broken()).toEqual([]);
      expect(await hub.violations(stockInvariants)).toEqual([]);
    }),
    // The same small part each time: a history of nothing but refusals would prove nothing.
    { numRuns: 28, endOnFailure: true, seed: 3 },
  );
  expect(known.orders.length).toBeGreaterThan(5);
  expect(broughtBack).toBeGreaterThan(5);
  expect(exchanged).toBeGreaterThan(3);
}, 120_000);
