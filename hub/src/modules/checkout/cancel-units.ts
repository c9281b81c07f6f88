import type { BusinessDate, CartId, ChannelId, LineId, OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { recountPurchase } from "../companies/index.ts";
import type { LineUnits } from "../fulfillment/index.ts";
import { takeBack } from "../loyalty/index.ts";
import { OrderCanceled, OrderChanged } from "../orders/events.ts";
import { keepReduction, setPaid, type Reduction } from "../orders/index.ts";
import { paidOf, refundPart } from "../payments/index.ts";
import { worthOf, type CancelableLine } from "./domain/index.ts";

export type CanceledUnits = {
  readonly orderId: OrderId;
  readonly placeId: PlaceId;
  readonly units: readonly LineUnits[];
  /** Whether what a line's units were worth is owed no more, and goes back when it was paid. */
  readonly paysBack: (line: LineId) => boolean;
  readonly reason: string;
  /** What the units are canceled for: names the refund and the stock movement. */
  readonly cause: string;
  /** The goods leave what is on hand as well. */
  readonly lost: "correction" | "waste" | null;
};

type OrderNow = {
  readonly recordId: RecordId | null;
  readonly placeId: PlaceId | null;
  readonly channelId: ChannelId;
  readonly cartId: CartId | null;
  readonly state: "placed" | "closed" | "canceled";
  readonly total: number;
  readonly canceledAmount: number;
  readonly returnedAmount: number;
  readonly ordered: number;
  readonly canceled: number;
  readonly returned: number;
  readonly currency: string;
  readonly businessDate: BusinessDate;
};

/**
 * Cancels units of an order while the rest goes on [CHK-12]: stock, points and their share of the money go back in one transaction; card
 * money is asked of its provider after the commit. With its last units the order is canceled. The caller holds the order's lock and has
 * taken the units off their fulfillment. Publishes `order.changed.v1`, or `order.canceled.v1`.
 */
export async function cancelUnits(ctx: Ctx, given: CanceledUnits): Promise<void> {
  const { orderId, placeId, units, reason, cause } = given;
  const ids = units.map(({ orderLineId }) => orderLineId);
  const quantities = units.map(({ quantity }) => quantity);
  const lines = await worthOfUnits(ctx, given);
  const amount = lines.reduce((sum, { total }) => sum + total, 0);
  await sql`select orders.cancel_units(${orderId}, ${ids}::uuid[], ${quantities}::integer[], ${amount}, ${reason})`.execute(ctx.db);
  if (amount > 0) await refundPart(ctx, orderId, amount, `cancel units ${cause}`);
  await keepReduction(ctx, { orderId, source: `cancel units ${cause}`, kind: "canceled", placeId, lines });
  await setPaid(ctx, orderId, await paidOf(ctx, orderId));
  const order = await readNow(ctx, orderId);
  const { recordId, cartId, currency } = order;
  if (order.state === "canceled") {
    const fact = { orderId, recordId, placeId: order.placeId, cartId, total: order.total, currency };
    await publish(ctx, OrderCanceled, `order/${orderId}`, fact);
    await sql`select pricing.give_back_codes(${orderId})`.execute(ctx.db);
  } else await publish(ctx, OrderChanged, `order/${orderId}`, { orderId, recordId, placeId: order.placeId });
  await sql`
    select stock.reallocate(${orderId}, ${placeId}, null, taken.lines, taken.quantities, ${cause}::uuid, ${given.lost}, ${reason})
      from stock.in_parts(${ids}::uuid[], ${quantities}::integer[]) as taken`.execute(ctx.db);
  await recountPurchase(ctx, orderId, order.state === "canceled" ? 0 : order.total - order.canceledAmount - order.returnedAmount);
  await givePointsBack(ctx, orderId, order, reason);
}

async function worthOfUnits(ctx: Ctx, { orderId, units, paysBack }: CanceledUnits): Promise<Reduction["lines"]> {
  const { rows } = await sql<CancelableLine>`
    select id, ordered, canceled, returned, total, tax from orders.read_line where order_id = ${orderId}`.execute(ctx.db);
  return units.flatMap(({ orderLineId, quantity }) => {
    const line = rows.find(({ id }) => id === orderLineId);
    return line && paysBack(orderLineId) ? [{ orderLineId, quantity, ...worthOf(line, quantity) }] : [];
  });
}

async function readNow(ctx: Ctx, orderId: OrderId): Promise<OrderNow> {
  const { rows } = await sql<OrderNow>`
    select record_id as "recordId", place_id as "placeId", channel_id as "channelId", cart_id as "cartId", state, total,
           canceled_amount as "canceledAmount", returned_amount as "returnedAmount", units_ordered as ordered, units_canceled as canceled,
           units_returned as returned, currency, business_date as "businessDate"
    from orders.read_state where id = ${orderId}`.execute(ctx.db);
  if (!rows[0]) throw new Error(`order ${orderId} disappeared under its lock`);
  return rows[0];
}

/** The units given up so far tell the parts of an order's taking back apart; canceling it as a whole is part 0. Balances come last. */
async function givePointsBack(ctx: Ctx, orderId: OrderId, order: OrderNow, reason: string): Promise<void> {
  const { total, canceledAmount, returnedAmount, ordered, canceled, returned, businessDate } = order;
  const goods = { numerator: ordered - canceled - returned, denominator: ordered };
  const left = { paid: total - canceledAmount - returnedAmount, goods };
  const because = { kind: "units_canceled", data: { reason } };
  await takeBack(ctx, { orderId, part: canceled + returned, left, businessDate, because });
}
