import type { BusinessDate, CartId, ChannelId, OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { takeBack } from "../loyalty/index.ts";
import { payingChanges } from "../orders/index.ts";

/** An order as it stands under its lock; amounts in minor units. */
export type OrderNow = {
  readonly recordId: RecordId | null;
  readonly placeId: PlaceId | null;
  readonly channelId: ChannelId;
  readonly cartId: CartId | null;
  readonly state: "placed" | "closed" | "canceled";
  readonly total: number;
  readonly canceledAmount: number;
  readonly returnedAmount: number;
  /** Units that were given up, canceled or returned. */
  readonly gone: number;
  /** What of it is deposit on what is still theirs: it earns nothing. */
  readonly deposits: number;
  /** Units that were ordered at first, and those of them that are still theirs: rewards were burned for these. */
  readonly firstOrdered: number;
  readonly firstLeft: number;
  readonly currency: string;
  readonly businessDate: BusinessDate;
};

/** Throws for an order that is not there: its lock is held. */
export async function readNow(ctx: Ctx, orderId: OrderId): Promise<OrderNow> {
  const { rows } = await sql<OrderNow>`
    select o.record_id as "recordId", o.place_id as "placeId", o.channel_id as "channelId", o.cart_id as "cartId", o.state, o.total,
           o.canceled_amount as "canceledAmount", o.returned_amount as "returnedAmount", o.units_canceled + o.units_returned as gone,
           first.ordered as "firstOrdered", first.still as "firstLeft", first.deposits, o.currency, o.business_date as "businessDate"
    from orders.read_state o
    cross join lateral (select sum(ordered) filter (where change_id is null)::integer as ordered,
                               sum(ordered - canceled - returned) filter (where change_id is null)::integer as still,
                               coalesce(sum(deposit * (ordered - canceled - returned) / ordered), 0)::bigint as deposits
                          from orders.read_line where order_id = o.id) first
    where o.id = ${orderId}`.execute(ctx.db);
  if (!rows[0]) throw new Error(`order ${orderId} disappeared under its lock`);
  return rows[0];
}

/** What is to be paid for it in all, in minor units. */
export const owedFor = ({ total, canceledAmount, returnedAmount }: OrderNow): number => total - canceledAmount - returnedAmount;

/** What of that earns points. */
export const earningOf = (order: OrderNow): number => owedFor(order) - order.deposits;

/** The units given up so far tell the parts of an order's taking back apart; canceling it as a whole is part 0. Balances come last. */
export async function givePointsBack(
  ctx: Ctx,
  orderId: OrderId,
  order: OrderNow,
  because: { readonly kind: string; readonly data: Record<string, unknown> },
): Promise<void> {
  const { gone: part, firstLeft: numerator, firstOrdered: denominator, businessDate } = order;
  const left = { paid: earningOf(order), goods: { numerator, denominator } };
  await takeBack(ctx, { orderId, changes: await payingChanges(ctx, orderId), part, left, businessDate, because });
}
