import type { ReadCtx } from "../../platform/index.ts";
import { customerOf, recordsOf } from "../customers/index.ts";
import { pointsOf, programNow } from "../loyalty/index.ts";
import type { BookEntry } from "../orders/index.ts";
import type { PointsTold } from "./templates/index.ts";

/** What an order brought and what its customer has since, on the account of its channel; null for somebody who is not known. */
export async function pointsTold(ctx: Pick<ReadCtx, "db" | "snapshots">, { order }: BookEntry): Promise<PointsTold | null> {
  const program = order.record_id && (await programNow(ctx));
  if (!order.record_id || !program) return null;
  const recordIds = await recordsOf(ctx, await customerOf(ctx, order.record_id));
  const { balance } = await pointsOf(ctx, recordIds, program.rule.programId);
  return order.points_earned > 0 || balance > 0 ? { earned: order.points_earned, balance } : null;
}
