import type { OrderId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import type { ReducedLine } from "./documents/plan.ts";

/** What of an order is owed no more. */
export type Reduction = {
  readonly orderId: OrderId;
  /** What it is for, as its refund says: one per cause. */
  readonly source: string;
  readonly kind: "canceled" | "returned";
  readonly placeId: PlaceId | null;
  readonly lines: readonly ReducedLine[];
};

/**
 * Keeps what units of an order were worth that were canceled or came back, so that its credit note says exactly this [DOC-5]. Called in the
 * transaction that decides it, under the order's lock. Units that are worth nothing leave nothing. Lines that a change brought stand on an
 * invoice of their own, so what is given up of them is kept by itself.
 */
export async function keepReduction(ctx: Pick<Ctx, "db" | "now">, { orderId, source, kind, placeId, lines }: Reduction): Promise<void> {
  if (lines.reduce((sum, line) => sum + line.total, 0) === 0) return;
  const kept = lines.map((line) => ({ orderLineId: line.orderLineId, quantity: line.quantity, total: line.total, tax: line.tax }));
  await sql`
    insert into orders.reduction (order_id, source, kind, place_id, at, lines, total, change_id)
    select ${orderId}, ${source}::text || coalesce(' of ' || l.change_id, ''), ${kind}, ${placeId}::uuid, ${ctx.now}, jsonb_agg(g.line order by g.nth),
           sum((g.line ->> 'total')::bigint), l.change_id
      from jsonb_array_elements(${JSON.stringify(kept)}::jsonb) with ordinality as g(line, nth)
      join orders.order_line l on l.id = (g.line ->> 'orderLineId')::uuid
     group by l.change_id having sum((g.line ->> 'total')::bigint) > 0`.execute(ctx.db);
}
