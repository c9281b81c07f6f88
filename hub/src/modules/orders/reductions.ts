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
 * transaction that decides it, under the order's lock. Units that are worth nothing leave nothing.
 */
export async function keepReduction(ctx: Pick<Ctx, "db" | "now">, { orderId, source, kind, placeId, lines }: Reduction): Promise<void> {
  const total = lines.reduce((sum, line) => sum + line.total, 0);
  if (total === 0) return;
  const kept = lines.map((line) => ({ orderLineId: line.orderLineId, quantity: line.quantity, total: line.total, tax: line.tax }));
  await sql`
    insert into orders.reduction (order_id, source, kind, place_id, at, lines, total)
    values (${orderId}, ${source}, ${kind}, ${placeId}, ${ctx.now}, ${JSON.stringify(kept)}::jsonb, ${total})`.execute(ctx.db);
}
