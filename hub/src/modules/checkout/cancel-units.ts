import type { LineId, OrderId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { recountPurchase } from "../companies/index.ts";
import type { LineUnits } from "../fulfillment/index.ts";
import { OrderCanceled, OrderChanged } from "../orders/events.ts";
import { keepReduction, setPaid, type Reduction } from "../orders/index.ts";
import { bookValueRefunds, paidOf, refundPart, returnTips } from "../payments/index.ts";
import { worthOf, type CancelableLine } from "./domain/index.ts";
import { givePointsBack, owedFor, readNow } from "./order-now.ts";

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

/**
 * Cancels units of an order while the rest goes on [CHK-12]: stock, points and their share of the money go back in one transaction; card
 * money is asked of its provider after the commit. With its last units the order is canceled. The caller holds the order's lock and has
 * taken the units off their fulfillment. Answers what they were worth. Publishes `order.changed.v1`, or `order.canceled.v1`.
 */
export async function cancelUnits(ctx: Ctx, given: CanceledUnits): Promise<Reduction["lines"]> {
  const { orderId, placeId, units, reason, cause } = given;
  const ids = units.map(({ orderLineId }) => orderLineId);
  const quantities = units.map(({ quantity }) => quantity);
  const lines = await worthOfUnits(ctx, given);
  const amount = lines.reduce((sum, { total }) => sum + total, 0);
  await sql`select orders.cancel_units(${orderId}, ${ids}::uuid[], ${quantities}::integer[], ${amount}, ${reason})`.execute(ctx.db);
  const refunds = amount > 0 ? await refundPart(ctx, orderId, amount, `cancel units ${cause}`) : [];
  await keepReduction(ctx, { orderId, source: `cancel units ${cause}`, kind: "canceled", placeId, lines });
  await setPaid(ctx, orderId, await paidOf(ctx, orderId));
  const order = await readNow(ctx, orderId);
  const { recordId, cartId, currency } = order;
  if (order.state === "canceled") {
    const fact = { orderId, recordId, placeId: order.placeId, cartId, total: order.total, currency };
    await publish(ctx, OrderCanceled, `order/${orderId}`, fact);
    await returnTips(ctx, orderId);
    await sql`select pricing.give_back_codes(${orderId})`.execute(ctx.db);
  } else await publish(ctx, OrderChanged, `order/${orderId}`, { orderId, recordId, placeId: order.placeId });
  await sql`
    select stock.reallocate(${orderId}, ${placeId}, null, taken.lines, taken.quantities, ${cause}::uuid, ${given.lost}, ${reason})
      from stock.in_parts(${ids}::uuid[], ${quantities}::integer[]) as taken`.execute(ctx.db);
  await recountPurchase(ctx, orderId, order.state === "canceled" ? 0 : owedFor(order));
  await bookValueRefunds(ctx, orderId, refunds);
  await givePointsBack(ctx, orderId, order, { kind: "units_canceled", data: { reason } });
  return lines;
}

async function worthOfUnits(
  ctx: Ctx,
  { orderId, units, paysBack }: Pick<CanceledUnits, "orderId" | "units" | "paysBack">,
): Promise<Reduction["lines"]> {
  const { rows } = await sql<CancelableLine>`
    select id, ordered, canceled, returned, total, tax from orders.read_line where order_id = ${orderId}`.execute(ctx.db);
  return units.flatMap(({ orderLineId, quantity }) => {
    const line = rows.find(({ id }) => id === orderLineId);
    return line && paysBack(orderLineId) ? [{ orderLineId, quantity, ...worthOf(line, quantity) }] : [];
  });
}
