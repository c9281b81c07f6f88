import type { BusinessDate, CartId, ChannelId, OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { lineLeft, takeBack, type LineLeft } from "../loyalty/index.ts";
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
  /** What of it is deposit on what is still theirs, or a gift card: it earns nothing. */
  readonly earnsNothing: number;
  /** Its goods that earn, deposit out. */
  readonly goods: readonly Parameters<typeof lineLeft>[0][];
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
           first.ordered as "firstOrdered", first.still as "firstLeft", first.silent as "earnsNothing", first.goods, o.currency, o.business_date as "businessDate"
    from orders.read_state o
    cross join lateral (select sum(ordered) filter (where change_id is null)::integer as ordered,
                               sum(ordered - canceled - returned) filter (where change_id is null)::integer as still,
                               coalesce(sum(case when tax_class = 'voucher' then total else coalesce(deposit, 0) end * (ordered - canceled - returned) / ordered), 0)::bigint as silent,
                               coalesce(jsonb_agg(jsonb_build_object('id', id, 'unit', unit, 'ordered', ordered, 'still', ordered - canceled - returned,
                                 'amount', total - coalesce(deposit, 0))) filter (where kind = 'goods' and tax_class is distinct from 'voucher'), '[]') as goods
                          from orders.read_line where order_id = o.id) first
    where o.id = ${orderId}`.execute(ctx.db);
  if (!rows[0]) throw new Error(`order ${orderId} disappeared under its lock`);
  return rows[0];
}

/** What is to be paid for it in all, in minor units. */
export const owedFor = ({ total, canceledAmount, returnedAmount }: OrderNow): number => total - canceledAmount - returnedAmount;

/** What of that earns points. */
export const earningOf = (order: OrderNow): number => owedFor(order) - order.earnsNothing;

/** Its goods that earn, as far as they are still theirs. */
export const linesLeft = ({ goods }: Pick<OrderNow, "goods">): LineLeft[] => goods.map(lineLeft);

/** The units given up so far tell the parts of an order's taking back apart; canceling it as a whole is part 0. Balances come last. */
export async function givePointsBack(
  ctx: Ctx,
  orderId: OrderId,
  order: OrderNow,
  because: { readonly kind: string; readonly data: Record<string, unknown> },
): Promise<void> {
  const { gone: part, firstLeft: numerator, firstOrdered: denominator, businessDate } = order;
  const left = { paid: earningOf(order), goods: { numerator, denominator }, lines: linesLeft(order) };
  await takeBack(ctx, { orderId, changes: await payingChanges(ctx, orderId), part, left, businessDate, because });
}
