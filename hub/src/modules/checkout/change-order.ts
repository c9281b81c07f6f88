import { err, ok, type FulfillmentId, type Money, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../platform/index.ts";
import { growPurchase, recountPurchase } from "../companies/index.ts";
import { changeAddress, changeUnits, passChargeOn, type LineUnits } from "../fulfillment/index.ts";
import { earnMore, type StillTheirs } from "../loyalty/index.ts";
import { OrderCanceled, OrderChanged } from "../orders/events.ts";
import {
  addLines,
  addPointsEarned,
  changeContact,
  keepChange,
  keepReduction,
  payingChanges,
  setPaid,
  type ChangeAction,
  type DocumentPlace,
  type OrderChangeId,
} from "../orders/index.ts";
import { bookValueRefunds, paidOf, refundPart, type PaymentProvider } from "../payments/index.ts";
import { businessDateAt } from "../places/index.ts";
import { noteParts } from "../stock/index.ts";
import { endChangeLink, giveBackHeld, outdateChangeLink } from "./change-links/end.ts";
import { spentOffers, stockUses, type StockUse } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";
import { earningOf, givePointsBack, linesLeft, owedFor, readNow } from "./order-now.ts";
import { takeDifference, type PaidCard } from "./pay-difference.ts";
import { prepareChange, type ChangeLinkId, type ChangeWish, type PreparedChange } from "./prepare-change.ts";
import { putOnAccount } from "./put-on-account.ts";
import { takeChangedRoom } from "./room-of-change.ts";
import { moveSwitched, switchParts } from "./write-switch.ts";
import { refusalOf } from "./write-sale.ts";

export type ChangeDeps = { readonly provider: PaymentProvider; readonly vault: Vault };

/**
 * Changes an order after it was placed [CHK-21 to CHK-24], as a version of it: lines come and go, their stock, points, promotions and documents follow,
 * and the difference is paid or given back over what it was paid with, all in one transaction. `paid`: what cards have paid already [CHK-26]. What is left without any unit is canceled.
 * Errors: those of `prepareChange` and `takeDifference`, `order.difference_changed` with the new one, `stock.insufficient`,
 * `pricing.promotion_used_up`, `promise.slot_full`, `promise.later_now`, `company.over_limit`, `order.link_ended`, those of `putOnAccount`. Publishes `order.changed.v1`, or `order.canceled.v1`.
 */
export async function changeOrder(
  ctx: Ctx,
  deps: ChangeDeps,
  orderId: OrderId,
  wish: ChangeWish,
  paid: readonly PaidCard[] = [],
): Promise<Result<OrderChangeId, CheckoutError>> {
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  const prepared = await prepareChange(ctx, orderId, wish);
  if (!prepared.ok) return prepared;
  const difference = differenceOf(prepared.value);
  const { expectedDifference: expected } = wish;
  if (expected && (expected.amount !== difference.amount || expected.currency !== difference.currency))
    return err({ code: "order.difference_changed", expected, difference });
  try {
    return await write(ctx, { ...deps, paid }, prepared.value, wish, ctx.newId<OrderChangeId>());
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return err(refusal);
  }
}

/** What is to be paid more after a change; less when it is negative. */
export function differenceOf({ addedTotal, removedTotal, entry }: PreparedChange): Money {
  return { amount: addedTotal - removedTotal, currency: entry.order.currency };
}

/** In the order of locks: order, fulfillments, budgets, slots, stock levels, the company, balances. */
async function write(
  ctx: Ctx,
  deps: ChangeDeps & { readonly paid: readonly PaidCard[] },
  prepared: PreparedChange,
  wish: ChangeWish,
  id: OrderChangeId,
): Promise<Result<OrderChangeId, CheckoutError>> {
  const { order } = prepared.entry;
  const document = documentOf(ctx, prepared);
  const earlier = await payingChanges(ctx, order.id);
  if (wish.link && !(await endChangeLink(ctx, wish.link.id, "paid"))) return err({ code: "order.link_ended" });
  // What was offered by a link was offered of the order as it was before.
  const held = wish.link?.id ?? (await outdateChangeLink(ctx, order.id));
  await writeLines(ctx, prepared, wish, id);
  const { amount } = differenceOf(prepared);
  const refunds = amount < 0 ? await refundPart(ctx, order.id, -amount, `change ${id}`) : [];
  if (amount > 0) {
    const taken = await takeDifference(ctx, deps.provider, { prepared, amount, tenders: wish.tenders, document, paid: deps.paid });
    if (!taken.ok) return taken;
  }
  await setPaid(ctx, order.id, await paidOf(ctx, order.id));
  await keepChange(ctx, {
    id,
    orderId: order.id,
    reason: wish.reason,
    actions: actionsOf(prepared, wish),
    added: prepared.addedTotal,
    removed: prepared.removedTotal,
  });
  if (prepared.switched) await switchParts(ctx, deps.vault, prepared.switched);
  else await changeParts(ctx, prepared, wish);
  const after = await readNow(ctx, order.id);
  const { recordId, placeId, cartId, currency } = after;
  if (after.state === "canceled") {
    await publish(ctx, OrderCanceled, `order/${order.id}`, {
      orderId: order.id,
      recordId,
      placeId,
      cartId,
      total: after.total,
      currency,
      changeId: id,
    });
    await sql`select pricing.give_back_codes(${order.id})`.execute(ctx.db);
  } else await publish(ctx, OrderChanged, `order/${order.id}`, { orderId: order.id, recordId, placeId, changeId: id });
  await spendOffers(ctx, prepared);
  if (!prepared.switched) await takeChangedRoom(ctx, prepared);
  if (prepared.switched) await moveSwitched(ctx, order.id, prepared.switched, id);
  else await moveStock(ctx, prepared, id, held);
  const owed = after.state === "canceled" ? 0 : owedFor(after);
  const passed = amount > 0 ? await growPurchase(ctx, order.id, owed) : null;
  if (passed) return err({ code: "company.over_limit", ...passed });
  if (amount <= 0) await recountPurchase(ctx, order.id, owed);
  const owes = await putOnAccount(ctx, prepared, differenceOf(prepared), wish.tenders);
  if (!owes.ok) return owes;
  await bookValueRefunds(ctx, order.id, refunds);
  if (prepared.removed.length > 0) await givePointsBack(ctx, order.id, after, { kind: "order_changed", data: { orderId: order.id } });
  await earn(ctx, prepared, { id, earlier, left: { paid: earningOf(after), lines: linesLeft(after) } });
  return ok(id);
}

async function writeLines(ctx: Ctx, prepared: PreparedChange, wish: ChangeWish, id: OrderChangeId): Promise<void> {
  const { entry, removed, removedTotal, lines } = prepared;
  const { id: orderId, place_id: placeId } = entry.order;
  const [ids, quantities] = [removed.map(({ orderLineId }) => orderLineId), removed.map(({ quantity }) => quantity)];
  if (removed.length > 0)
    await sql`
      select orders.cancel_units(${orderId}, ${ids}::uuid[], ${quantities}::integer[], ${removedTotal}, ${wish.reason ?? "order_changed"})`.execute(
      ctx.db,
    );
  await keepReduction(ctx, { orderId, source: `change ${id}`, kind: "canceled", placeId, lines: removed });
  if (lines.length > 0) await addLines(ctx, orderId, id, lines, prepared.taxes);
  if (wish.contact) await changeContact(ctx, orderId, wish.contact);
}

const WAYS = { collect: "collect_instead", collect_elsewhere: "collect_elsewhere", ship: "ship_instead" } as const;

function actionsOf({ removed, lines, switched }: PreparedChange, { address, contact }: ChangeWish): ChangeAction[] {
  return [
    ...removed.map(({ orderLineId, quantity, total }): ChangeAction => ({ kind: "remove_units", orderLineId, quantity, total })),
    ...lines.map(({ id, ordered, total }): ChangeAction => ({ kind: "add_line", orderLineId: id, quantity: ordered, total })),
    ...(switched ? [{ kind: WAYS[switched.kind] }] : []),
    ...(address ? [{ kind: "change_address" } as const] : []),
    ...(contact ? [{ kind: "change_contact" } as const] : []),
  ];
}

/** What each place prepares. What comes is promised with the rest of its part, and not before it. */
async function changeParts(
  ctx: Ctx,
  { parts, target, removal, lines, assessed, readdressed, room }: PreparedChange,
  { address }: ChangeWish,
): Promise<void> {
  // The part with the charge comes last: by then it is known which others are left to take it over.
  const ordered = [...parts].sort((a, b) => Number(hasCharge(a)) - Number(hasCharge(b)));
  for (const part of ordered) {
    const { id, promised_at: before } = part.fulfillment;
    const putOn: LineUnits[] = id === target?.fulfillment.id ? lines.map((line) => ({ orderLineId: line.id, quantity: line.ordered })) : [];
    const takenOff = removal.get(id) ?? [];
    const goesAlong = part.lines.some(
      ({ kind, order_line_id: line }) => kind === "delivery" && takenOff.some((off) => off.orderLineId === line),
    );
    const whole = goesAlong || putOn.length > 0 ? part : await passChargeOn(ctx, part, takenOff);
    const promised = putOn.length > 0 ? (room?.promisedAt ?? assessed?.promise?.promiseAt ?? null) : null;
    if (takenOff.length > 0 || putOn.length > 0)
      await changeUnits(ctx, whole, { takenOff, putOn, promisedAt: promised && before && promised > before ? promised : null });
  }
  if (address) for (const whole of readdressed) await changeAddress(ctx, whole, address);
}

const hasCharge = ({ lines }: PreparedChange["parts"][number]): boolean => lines.some(({ kind }) => kind === "delivery");

/** Promotions that served what came count as used, those that the order has used already not again. */
async function spendOffers(ctx: Ctx, { assessed, entry }: PreparedChange): Promise<void> {
  const offers = assessed ? spentOffers(assessed.priced) : [];
  if (offers.length === 0) return;
  await sql`
    select checkout.use_codes(${entry.order.id}, ${entry.order.record_id}, ${offers.map(({ id }) => id)}::uuid[], ${offers.map(({ amount }) => amount)}::bigint[], true)`.execute(
    ctx.db,
  );
}

/** Levels of all goods that move are locked at once, in their order [STK-5]; then what goes is free before what comes is taken. */
async function moveStock(ctx: Ctx, prepared: PreparedChange, id: OrderChangeId, held: ChangeLinkId | null): Promise<void> {
  const { parts, removal, target, assessed, entry } = prepared;
  const taken: StockUse[] = assessed && target ? stockUses({ assessed, fulfillment: { placeId: target.fulfillment.place_id } }) : [];
  const gone = [...removal].map(([part, units]) => ({ placeId: placeOf(parts, part), units }));
  await lockLevels(ctx, gone, taken, held);
  if (held) await giveBackHeld(ctx, held);
  for (const { placeId, units } of gone)
    await sql`
      select stock.reallocate(${entry.order.id}, ${placeId}, null, taken.lines, taken.quantities, ${id}::uuid, null, 'order_changed')
        from stock.in_parts(${units.map(({ orderLineId }) => orderLineId)}::uuid[], ${units.map(({ quantity }) => quantity)}::integer[]) as taken`.execute(
      ctx.db,
    );
  if (taken.length === 0) return;
  await sql`
    select stock.allocate(${entry.order.id}, null, ${taken.map(({ lineId }) => lineId)}::uuid[], ${taken.map(({ variantId }) => variantId)}::uuid[],
      ${taken.map(({ placeId }) => placeId)}::uuid[], ${taken.map(({ quantity }) => quantity)}::integer[])`.execute(ctx.db);
  await noteParts(ctx, taken);
}

type Gone = readonly { readonly placeId: string; readonly units: readonly LineUnits[] }[];

async function lockLevels(ctx: Ctx, gone: Gone, taken: readonly StockUse[], held: ChangeLinkId | null): Promise<void> {
  const lines = gone.flatMap(({ units }) => units.map(({ orderLineId }) => orderLineId));
  const { rows } = await sql<{ variantId: string; placeId: string }>`
    select distinct variant_id as "variantId", place_id as "placeId" from stock.read_allocated where order_line_id = any(${lines}::uuid[])`.execute(
    ctx.db,
  );
  const all = [...rows, ...taken];
  await sql`
    select stock.lock_levels(${all.map(({ variantId }) => variantId)}::uuid[], ${all.map(({ placeId }) => placeId)}::uuid[],
      p_cart => ${held}::uuid)`.execute(ctx.db);
}

function placeOf(parts: PreparedChange["parts"], id: FulfillmentId): string {
  const part = parts.find(({ fulfillment }) => fulfillment.id === id);
  if (!part) throw new Error(`units leave part ${id}, which is not of this order`);
  return part.fulfillment.place_id;
}

type Earning = {
  readonly id: OrderChangeId;
  readonly earlier: readonly OrderChangeId[];
  readonly left: Pick<StillTheirs, "paid" | "lines">;
};

/** Balances come last. Nobody known earns nothing. */
async function earn(ctx: Ctx, { entry, cart, lines, document }: PreparedChange, { id, earlier, left }: Earning): Promise<void> {
  const { id: orderId, record_id: recordId, channel_id: channelId, currency } = entry.order;
  if (lines.length === 0 || recordId === null || !cart?.customer?.known) return;
  const { entityId, placeId, timeZone } = document;
  const points = await earnMore(ctx, {
    orderId,
    changes: earlier,
    recordId,
    ...left,
    currency,
    changeId: id,
    document: { entityId, placeId, channelId, businessDate: businessDateAt(document, ctx.now), timeZone },
  });
  if (points > 0) await addPointsEarned(ctx, orderId, points);
}

function documentOf(ctx: Pick<Ctx, "now">, { entry, document }: PreparedChange): DocumentPlace {
  const { entityId, placeId, timeZone } = document;
  return {
    entity_id: entityId,
    place_id: placeId,
    channel_id: entry.order.channel_id,
    business_date: businessDateAt(document, ctx.now),
    time_zone: timeZone,
  };
}
