import {
  err,
  ok,
  type BusinessDate,
  type ChannelId,
  type Id,
  type OrderId,
  type PlaceId,
  type RecordId,
  type Result,
  type VariantId,
} from "@weft/kernel";
import { sql } from "kysely";
import { giveUpSeats } from "../bookings/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { isGranted } from "../access/index.ts";
import { isGiftCardLine } from "../checkout/index.ts";
import { recountPurchase } from "../companies/index.ts";
import { lineLeft, takeBack, type StillTheirs } from "../loyalty/index.ts";
import { OrderChanged } from "../orders/events.ts";
import {
  depositOf,
  addContribution,
  keepReduction,
  payingChanges,
  setPaid,
  takeUnitsBack,
  type BookEntry,
  type StandingLine,
} from "../orders/index.ts";
import {
  bookValueRefunds,
  isValue,
  moveMoney,
  paidOf,
  planRefund,
  refundPart,
  standingTenders,
  valueReturned,
  type MovedMoney,
  type PlannedRefund,
  type RefundPart,
  type RefundTarget,
  type ReturnedValue,
  type ValueKind,
} from "../payments/index.ts";
import { returnedInParts } from "../stock/index.ts";
import { publish, type Ctx } from "../../platform/index.ts";
import type { ReturnId } from "./commands.ts";
import { isFault, planReturn, unitsLeft, type BroughtUnits, type PlannedReturn, type ReturnedUnits } from "./domain/index.ts";
import type { ReturnError } from "./errors.ts";
import { ReturnTaken } from "./events.ts";
import { lockBoth } from "./lock.ts";
import { isServiceLine, standingByRule, standingOf, type Standing } from "./standing.ts";

export type WantedReturn = {
  /** Made by whoever asks, so that asked again it is the same return [RET-5]. */
  readonly id: ReturnId;
  readonly orderId: OrderId;
  readonly placeId: PlaceId;
  readonly channelId: ChannelId;
  readonly units: readonly BroughtUnits[];
  /** Whether cash can be given back here. */
  readonly hasDrawer: boolean;
  /** Where the money is to go; absent: where it usually does. */
  readonly refundTo?: RefundTarget | undefined;
  /** Of a present: whose store credit it becomes instead of the buyer's [RET-16]. */
  readonly creditTo?: RecordId | undefined;
  /** At most so much of the money pays for what goes out in the same act [RET-13]. */
  readonly exchangeFor?: number | undefined;
  /** A register took them by itself without the hub [RET-17]. */
  readonly hasHappened?: boolean;
  /** The day on which it was announced: goods that travel are in time when they were announced in time [RET-11]. */
  readonly announcedOn?: BusinessDate;
  /** A booking was canceled in time: its money goes back by rule, whoever cancels [RET-15]. */
  readonly isByRule?: boolean;
};

/** A return that was taken, with what its ticket says. */
export type TakenReturn = {
  readonly id: ReturnId;
  readonly entry: BookEntry;
  readonly plan: PlannedReturn;
  readonly refunds: readonly ReturnPart[];
  /** Money that pays for what goes out in the same act. */
  readonly moved: readonly MovedMoney[];
  /** The rule of the policy that it happened against [RET-17]. */
  readonly outside: "too_late" | "faulty_only" | null;
  /** Stored value that went back to where it came from, and is to pay for what goes out in the same act. */
  readonly again: readonly ReturnedValue[];
};

/** Where money of a return goes: back to a kind of tender, or on to what it was exchanged for. */
export type ReturnPart = RefundPart | { readonly kind: "exchange"; readonly amount: number };

/**
 * Takes goods of an order back at a counter [RET-5]: lines, stock, money and points in one transaction. Money goes back to where it came from;
 * a card is asked of its provider after the commit, by the refund's own id. Two at a time for the same units: the order's lock decides, the
 * second is told what is left. Errors: those of `standingOf` and `planReturn`, `return.not_possible` with the rule that closed it,
 * `return.cash_needs_till`, `return.needs_staff`, `return.already_taken`. Publishes `return.taken.v1` and `order.changed.v1`.
 */
export async function takeReturn(ctx: Ctx, wanted: WantedReturn): Promise<Result<TakenReturn, ReturnError>> {
  if (!ctx.actor.staff && !wanted.isByRule) return err({ code: "return.needs_staff" });
  await lockBoth(ctx, wanted.orderId);
  // Under the order's lock, so of two acts with one id the second sees the first.
  const { rows: known } = await sql`select 1 from returns.return_order where id = ${wanted.id}`.execute(ctx.db);
  if (known.length > 0) return err({ code: "return.already_taken" });
  const standing = wanted.isByRule
    ? await standingByRule(ctx, wanted.orderId)
    : await standingOf(ctx, wanted.orderId, wanted, wanted.announcedOn);
  if (!standing.ok) return standing;
  const { entry, closed } = standing.value;
  // What a register took and paid for without us has happened: no rule closes it, and what came back twice is left out [RET-17].
  if (closed && !wanted.hasHappened) return err({ code: "return.not_possible", because: closed });
  const lines = wanted.hasHappened ? standing.value.lines.map((line) => ({ ...line, isFaultyOnly: false })) : standing.value.lines;
  const planned = planReturn(lines, wanted.hasHappened ? unitsLeft(lines, wanted.units) : wanted.units);
  if (!planned.ok) return planned;
  const plan = planned.value;
  if (plan.units.length === 0) return err({ code: "return.nothing_left" });
  if (wanted.creditTo && !(await isPresent(ctx, wanted.orderId))) return err({ code: "return.not_a_present" });
  const targets = wanted.creditTo ? (["store_credit"] as const) : standing.value.refundTargets;
  const target = wanted.refundTo ?? targets[0] ?? "tender";
  if (!targets.some((one) => one === target)) return err({ code: "return.refund_not_there", refundTo: target });
  const parts = planParts(await standingTenders(ctx, wanted.orderId), plan.total, target, wanted.exchangeFor ?? 0);
  if (!parts.ok) return parts;
  const { refunds, again } = parts.value;
  if (!wanted.hasDrawer && refunds.some(({ kind }) => kind === "cash")) return err({ code: "return.cash_needs_till" });
  const written = await writeReturn(ctx, wanted, standing.value, plan, refunds);
  const { given, moved } = await giveMoneyBack(ctx, wanted, standing.value, { plan, target, refunds });
  await giveGoodsBack(ctx, wanted, plan, written);
  await endBookings(ctx, standing.value, plan);
  await bookValueRefunds(ctx, wanted.orderId, given);
  await givePointsBack(ctx, wanted, standing.value, plan);
  const outside = wanted.hasHappened ? outsideOf(standing.value, wanted.units) : null;
  return ok({ id: wanted.id, entry, plan, refunds, moved, outside, again: await paysAgain(ctx, wanted.id, again) });
}

/** Which rule would have closed what a register took by itself; those that it cannot know do not count against it. */
function outsideOf({ closed, lines }: Standing, units: readonly BroughtUnits[]): TakenReturn["outside"] {
  if (closed?.kind === "too_late") return "too_late";
  const faultyOnly = new Set(lines.flatMap(({ id, isFaultyOnly }) => (isFaultyOnly ? [id] : [])));
  return units.some(({ orderLineId, reason }) => faultyOnly.has(orderLineId) && !isFault(reason)) ? "faulty_only" : null;
}

/** Whether a receipt without prices was shown here for it, by who brings it. */
const isPresent = (ctx: Ctx, orderId: OrderId): Promise<boolean> => isGranted(ctx, [`gift/${orderId}`]);

type ReturnParts = { readonly refunds: readonly ReturnPart[]; readonly again: ReadonlyMap<ValueKind, number> };

/**
 * Where the money of a return goes: the newest tenders back, the rest on to what it is exchanged for [RET-13]. Money moves on; what was paid by
 * store credit or a gift card goes back to its own lots, and pays anew (`again`), so that it ends when it would have. What somebody owes is not
 * exchanged. Errors: `return.exchange_not_there`.
 */
function planParts(
  tenders: Awaited<ReturnType<typeof standingTenders>>,
  total: number,
  target: RefundTarget,
  exchangeFor: number,
): Result<ReturnParts, ReturnError> {
  const all = planRefund(tenders, total, target);
  const moved = Math.min(exchangeFor, total);
  if (moved === 0) return ok({ refunds: all, again: new Map() });
  if (all.some(({ kind }) => kind !== "cash" && kind !== "card" && !isStored(kind))) return err({ code: "return.exchange_not_there" });
  const back = new Map(planRefund(tenders, total - moved).map(({ kind, amount }) => [kind, amount]));
  const on = all.map(({ kind, amount }) => ({ kind, amount: amount - (back.get(kind) ?? 0) }));
  const money = on.reduce((sum, { kind, amount }) => (isStored(kind) ? sum : sum + amount), 0);
  const given = all.map((part) => (isStored(part.kind) ? part : { ...part, amount: back.get(part.kind) ?? 0 }));
  return ok({
    refunds: [...given.filter(({ amount }) => amount > 0), ...(money > 0 ? [{ kind: "exchange", amount: money } as const] : [])],
    again: new Map(on.flatMap(({ kind, amount }) => (isStored(kind) && amount > 0 ? [[kind, amount] as const] : []))),
  });
}

const isStored = (kind: string): kind is ValueKind => isValue({ kind });

/** Of the stored value that went back, what pays anew: gift card by gift card. */
async function paysAgain(ctx: Ctx, id: ReturnId, wanted: ReturnParts["again"]): Promise<ReturnedValue[]> {
  if (wanted.size === 0) return [];
  const left = new Map(wanted);
  return (await valueReturned(ctx, `return ${id}`)).flatMap((value) => {
    const amount = Math.min(value.amount, left.get(value.kind) ?? 0);
    left.set(value.kind, (left.get(value.kind) ?? 0) - amount);
    return amount > 0 ? [{ ...value, amount }] : [];
  });
}

type WrittenLine = ReturnType<typeof lineOf>;

async function writeReturn(
  ctx: Ctx,
  { id, channelId, creditTo }: WantedReturn,
  { entry, place, proof }: Standing,
  plan: PlannedReturn,
  refunds: readonly ReturnPart[],
): Promise<readonly WrittenLine[]> {
  const { order } = entry;
  const document = {
    id,
    order_id: order.id,
    order_number: order.number,
    record_id: order.record_id,
    entity_id: place.entityId,
    place_id: place.placeId,
    channel_id: channelId,
    business_date: place.today,
    time_zone: place.timeZone,
    at: ctx.now,
    currency: order.currency,
    total: plan.total,
    tax: plan.tax,
    taxes: plan.taxes,
    refunds,
    proof: creditTo ? "gift_receipt" : proof === "none" ? null : proof,
    staff_id: ctx.actor.staff?.id ?? null,
    staff_name: ctx.actor.staff?.name ?? null,
  };
  const lines = plan.units.map((unit, index) => lineOf(ctx, id, unit, index, lineBehind(entry, unit)));
  await sql`select returns.take(${JSON.stringify(document)}::json, ${JSON.stringify(lines)}::json)`.execute(ctx.db);
  return lines;
}

function lineBehind({ lines }: BookEntry, { orderLineId }: ReturnedUnits): StandingLine {
  const line = lines.find(({ id }) => id === orderLineId);
  if (!line) throw new Error(`line ${orderLineId} was planned and is not in the order`);
  return line;
}

function lineOf(ctx: Ctx, returnId: ReturnId, unit: ReturnedUnits, index: number, line: StandingLine) {
  return {
    id: ctx.newId<Id<"return line">>(),
    return_id: returnId,
    position: index + 1,
    order_line_id: unit.orderLineId,
    kind: unit.kind,
    variant_id: line.variant_id,
    sku: line.sku,
    name: line.name,
    options: line.options.map(({ name }) => name),
    unit: line.unit,
    quantity: unit.quantity,
    unit_price: line.unit_price,
    total: unit.total,
    tax: unit.tax,
    tax_rate: line.tax_rate,
    reason: unit.reason,
    disposition: unit.disposition,
  };
}

type MoneyPlan = { readonly plan: PlannedReturn; readonly target: RefundTarget; readonly refunds: readonly ReturnPart[] };

/** The order and its money: what goes back to a card is requested here, and asked of its provider after the commit. */
async function giveMoneyBack(
  ctx: Ctx,
  { id, orderId, channelId, creditTo }: WantedReturn,
  { entry, place }: Standing,
  { plan, target, refunds }: MoneyPlan,
): Promise<{ readonly given: readonly PlannedRefund[]; readonly moved: readonly MovedMoney[] }> {
  await takeUnitsBack(ctx, orderId, plan.units, plan.total);
  await keepReduction(ctx, { orderId, source: `return ${id}`, kind: "returned", placeId: place.placeId, lines: plan.units });
  const { entityId, placeId, timeZone, today: businessDate } = place;
  const document = { entityId, placeId, channelId, businessDate, timeZone };
  const creditOf = target === "store_credit" ? (creditTo ?? entry.order.record_id) : null;
  const exchanged = refunds.reduce((sum, { kind, amount }) => (kind === "exchange" ? sum + amount : sum), 0);
  const back = plan.total - exchanged;
  // Money that moves on goes first: what is left then goes back, newest first, and is as it was planned.
  const moved = exchanged > 0 ? await moveMoney(ctx, orderId, exchanged, `exchange ${id}`, document) : [];
  const given = back > 0 ? await refundPart(ctx, orderId, back, `return ${id}`, document, creditOf) : [];
  await setPaid(ctx, orderId, await paidOf(ctx, orderId));
  await addContribution({ ...ctx, actor: { ...ctx.actor, channelId, placeId } }, orderId, "return");
  const { record_id: recordId, currency } = entry.order;
  const goods = plan.units.filter(({ kind }) => kind === "goods");
  const units = goods.reduce((sum, { quantity }) => sum + quantity, 0);
  await publish(ctx, ReturnTaken, `return/${id}`, {
    returnId: id,
    orderId,
    recordId,
    channelId,
    placeId,
    total: plan.total,
    currency,
    units,
  });
  await publish(ctx, OrderChanged, `order/${orderId}`, { orderId, recordId, placeId: entry.order.place_id });
  return { given, moved };
}

/** Back on the shelf of the place that took them; what is set aside or lost never gets there [RET-9]. Code budgets come before stock levels. */
async function giveGoodsBack(
  ctx: Ctx,
  { id, orderId, placeId }: WantedReturn,
  plan: PlannedReturn,
  lines: readonly WrittenLine[],
): Promise<void> {
  if (plan.isWhole) await sql`select pricing.give_back_codes(${orderId})`.execute(ctx.db);
  const restocked = lines.flatMap(({ id: lineId, order_line_id: orderLineId, variant_id, quantity, disposition }) =>
    disposition === "restock" && variant_id !== null ? [{ lineId, orderLineId, variantId: variant_id, quantity }] : [],
  );
  if (restocked.length === 0) return;
  const onShelf = await returnedInParts(ctx, restocked);
  const variants: readonly VariantId[] = onShelf.map(({ variantId }) => variantId);
  await sql`
    select stock.restock(${id}, ${onShelf.map(({ lineId }) => lineId)}::uuid[], ${variants}::uuid[], ${onShelf.map(() => placeId)}::uuid[],
                         ${onShelf.map(({ quantity }) => quantity)}::integer[])`.execute(ctx.db);
}

/** Who gives a service back does not come: its seats are free [BKG-12]. A return without any goes by without a statement. */
async function endBookings(ctx: Ctx, { entry }: Standing, { units }: PlannedReturn): Promise<void> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  for (const unit of units) if (isServiceLine(catalog, lineBehind(entry, unit))) await giveUpSeats(ctx, unit.orderLineId, unit.quantity);
}

/** Points as far as the goods came back [LOY-6], and the company's limit. The units given up so far tell the parts apart. Balances come last. */
async function givePointsBack(ctx: Ctx, { id, orderId }: WantedReturn, { entry, place }: Standing, plan: PlannedReturn): Promise<void> {
  const left = leftAfter(entry, plan);
  const part = goneUnits(entry.lines, plan);
  const changes = await payingChanges(ctx, orderId);
  await recountPurchase(ctx, orderId, left.paid);
  const because = { kind: "goods_returned", data: { returnId: id } };
  const { taken, given } = await takeBack(ctx, { orderId, changes, part, left, businessDate: place.today, because });
  if (taken === 0 && given === 0) return;
  await sql`update returns.return_order set points_taken = ${taken}, points_given = ${given} where id = ${id}`.execute(ctx.db);
}

/** What stays of an order with its customer after a return [LOY-6]. Rewards were burned for what was ordered at first, so its units count for them. */
export function leftAfter({ order, lines }: BookEntry, plan: Pick<PlannedReturn, "units" | "total">): StillTheirs {
  const first = lines.filter(({ change_id }) => change_id === null);
  const ordered = first.reduce((sum, line) => sum + line.ordered, 0);
  // What gift cards cost, and deposits, earned nothing.
  const cards = lines.reduce((sum, line) => (isGiftCardLine(line) ? sum + line.total : sum), 0);
  const deposits = lines.reduce((sum, line) => sum + depositOf(line, line.ordered - goneUnits([line], plan)).total, 0);
  return {
    paid: order.total - order.canceled_amount - order.returned_amount - plan.total - cards - deposits,
    goods: { numerator: ordered - goneUnits(first, plan), denominator: ordered },
    lines: lines
      .filter((line) => line.kind === "goods" && !isGiftCardLine(line))
      .map((line) =>
        lineLeft({
          id: line.id,
          unit: line.unit,
          ordered: line.ordered,
          still: line.ordered - goneUnits([line], plan),
          amount: line.total - (line.deposit?.total ?? 0),
        }),
      ),
  };
}

/** Units of these lines that were given up, with those of this return. */
function goneUnits(lines: BookEntry["lines"], { units }: Pick<PlannedReturn, "units">): number {
  const ids = new Set(lines.map(({ id }) => id));
  const before = lines.reduce((sum, line) => sum + line.canceled + line.returned, 0);
  return units.reduce((sum, { orderLineId, quantity }) => (ids.has(orderLineId) ? sum + quantity : sum), before);
}
