import {
  err,
  ok,
  type BusinessDate,
  type CartId,
  type ChannelId,
  type OrderId,
  type PlaceId,
  type RecordId,
  type Result,
} from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { loadCart, mayUseCart } from "../carts/index.ts";
import { recountPurchase } from "../companies/index.ts";
import { cancelFulfillments, fulfillmentsOf, passChargeOn, type LineUnits, type WholeFulfillment } from "../fulfillment/index.ts";
import { NOTHING_LEFT, takeBack } from "../loyalty/index.ts";
import { OrderCanceled, OrderChanged } from "../orders/events.ts";
import { keepReduction, payingChanges, setPaid, type Reduction } from "../orders/index.ts";
import { bookValueRefunds, paidOf, refundOrder, returnTips, type PlannedRefund } from "../payments/index.ts";
import { cancelUnits } from "./cancel-units.ts";
import { giveBackHeld, outdateChangeLink } from "./change-links/end.ts";
import { worthOf, type CancelableLine } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";

export type OrderState = {
  readonly recordId: RecordId | null;
  readonly placeId: PlaceId | null;
  readonly channelId: ChannelId;
  readonly cartId: CartId | null;
  readonly state: "placed" | "closed" | "canceled";
  readonly total: number;
  readonly currency: string;
  readonly businessDate: BusinessDate;
  readonly isMine: boolean;
};

/**
 * Cancels what of an order is still open and not in preparation [CHK-7]: what was allocated, earned, used of codes and paid goes back, in one
 * transaction; card money is asked of its provider after the commit. Canceled twice it stays canceled.
 * Errors: `order.unknown`, `order.not_cancelable`, `fulfillment.not_possible` with the state that closed it. Publishes `order.canceled.v1`, or `order.changed.v1` where a part
 * of it was handed over.
 */
export async function cancelOrder(ctx: Ctx, orderId: OrderId, reason: string): Promise<Result<null, CheckoutError>> {
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  const order = await stateOf(ctx, orderId);
  if (!order || !(await mayCancel(ctx, order))) return err({ code: "order.unknown" });
  if (order.state === "canceled") return ok(null);
  const fulfillments = await fulfillmentsOf(ctx, orderId);
  const open = fulfillments.filter(({ fulfillment }) => fulfillment.done_at === null);
  if (order.state === "closed" || open.length === 0) return err({ code: "order.not_cancelable", state: order.state });
  const stopped = await cancelFulfillments(ctx, open, reason);
  if (!stopped.ok)
    return stopped.error.code === "fulfillment.not_possible"
      ? err(stopped.error)
      : err({ code: "order.not_cancelable", state: order.state });
  if (fulfillments.some(({ fulfillment: { state } }) => state === "collected" || state === "dispatched" || state === "delivered"))
    return ok(await cancelRest(ctx, orderId, order, open, reason));
  await keepWhatGoes(ctx, orderId, order.placeId);
  await sql`select orders.cancel_open(${orderId}, ${reason})`.execute(ctx.db);
  const refunds = await refundOrder(ctx, orderId, `cancel ${orderId}`);
  await returnTips(ctx, orderId);
  await setPaid(ctx, orderId, await paidOf(ctx, orderId));
  const { recordId, placeId, cartId, total, currency } = order;
  await publish(ctx, OrderCanceled, `order/${orderId}`, {
    orderId,
    recordId,
    placeId,
    cartId,
    total,
    currency,
    isByStaff: ctx.actor.staff !== null,
  });
  await recountPurchase(ctx, orderId, 0);
  await giveBackUses(ctx, orderId, order, reason, refunds);
  return ok(null);
}

/** What is left of an order that is canceled as a whole, for its credit note. */
async function keepWhatGoes(ctx: Ctx, orderId: OrderId, placeId: PlaceId | null): Promise<void> {
  const { rows } = await sql<CancelableLine>`
    select id, ordered, canceled, returned, total, tax from orders.read_line where order_id = ${orderId} order by position`.execute(ctx.db);
  const lines = rows.flatMap((line) => {
    const quantity = line.ordered - line.canceled - line.returned;
    return quantity > 0 ? [{ orderLineId: line.id, quantity, ...worthOf(line, quantity) }] : [];
  });
  await keepReduction(ctx, { orderId, source: `cancel ${orderId}`, kind: "canceled", placeId, lines });
}

/** A part was handed over already and stays theirs: the others are canceled for their share of the money [CHK-12]. Its buyer is told by one fact. */
async function cancelRest(
  ctx: Ctx,
  orderId: OrderId,
  { recordId, placeId: orderedAt }: OrderState,
  open: readonly WholeFulfillment[],
  reason: string,
): Promise<null> {
  const restCanceled: Reduction["lines"][number][] = [];
  for (const whole of open) {
    // The charge of a parcel that has left is not given back with one that has not.
    const { fulfillment, lines } = await passChargeOn(ctx, whole, unitsIn(whole));
    const units = unitsIn({ lines });
    const { id: cause, place_id: placeId } = fulfillment;
    restCanceled.push(...(await cancelUnits(ctx, { orderId, placeId, units, paysBack: () => true, reason, cause, lost: null })));
  }
  if (ctx.actor.staff !== null)
    await publish(ctx, OrderChanged, `order/${orderId}`, {
      orderId,
      recordId,
      placeId: orderedAt,
      restCanceled: restCanceled.map(({ orderLineId, quantity, total }) => ({ orderLineId, quantity, total })),
    });
  return null;
}

const unitsIn = ({ lines }: Pick<WholeFulfillment, "lines">): LineUnits[] =>
  lines.map(({ order_line_id, quantity }) => ({ orderLineId: order_line_id, quantity }));

/** The contended rows come last: code budgets, stock levels, balances. */
async function giveBackUses(
  ctx: Ctx,
  orderId: OrderId,
  order: OrderState,
  reason: string,
  refunds: readonly PlannedRefund[],
): Promise<void> {
  await sql`select pricing.give_back_codes(${orderId})`.execute(ctx.db);
  const offered = await outdateChangeLink(ctx, orderId);
  await sql`select stock.release_allocations(${orderId})`.execute(ctx.db);
  if (offered) await giveBackHeld(ctx, offered);
  await bookValueRefunds(ctx, orderId, refunds);
  const because = { kind: "order_canceled", data: { reason } };
  const changes = await payingChanges(ctx, orderId);
  await takeBack(ctx, { orderId, changes, part: 0, left: NOTHING_LEFT, businessDate: order.businessDate, because });
}

export async function stateOf(ctx: Pick<Ctx, "db" | "actor">, orderId: OrderId): Promise<OrderState | undefined> {
  const mine = ctx.actor.customer?.recordId ?? null;
  const { rows } = await sql<OrderState>`
    select o.record_id as "recordId", o.place_id as "placeId", o.channel_id as "channelId",
           o.cart_id as "cartId", o.state, o.total, o.currency, o.business_date as "businessDate",
           coalesce(customers.customer_of(o.record_id) = customers.customer_of(${mine}::uuid), false) as "isMine"
    from orders.read_state o where o.id = ${orderId}`.execute(ctx.db);
  return rows[0];
}

/** Its customer, whoever holds the token of the cart that it was, staff of its place, the secret key of its channel. */
export async function mayCancel(ctx: Pick<Ctx, "db" | "actor" | "snapshots">, order: OrderState): Promise<boolean> {
  const { actor } = ctx;
  if (actor.staff) return order.placeId === null || actor.staff.placeIds.length === 0 || actor.staff.placeIds.includes(order.placeId);
  if (actor.kind === "secret") return actor.channelId === order.channelId;
  if (actor.kind === "system" || order.isMine) return true;
  const cart = actor.cartToken !== null && order.cartId !== null ? await loadCart(ctx, order.cartId) : null;
  return cart !== null && mayUseCart(actor, cart);
}
