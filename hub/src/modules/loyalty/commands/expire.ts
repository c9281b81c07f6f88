import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { pointsUnit, currentRule } from "../queries/program.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import { PointsExpired } from "../events.ts";

const ACCOUNTS_AT_ONCE = 500;

/**
 * Books what has expired by `at`, some hundred accounts in a transaction; true: there may be more. What nobody booked yet is neither shown
 * nor burned, so this may be late. Publishes `loyalty.points_expired.v1` for each record that lost points.
 */
export async function expirePoints(ctx: Ctx, at: Date): Promise<boolean> {
  const rule = await currentRule(ctx);
  if (!rule) return false;
  const { rows } = await sql<{ recordId: RecordId; points: number }>`
    select record_id as "recordId", amount as points from ledger.expire_due(${pointsUnit(rule.programId)}, ${at}, ${ACCOUNTS_AT_ONCE})`.execute(
    ctx.db,
  );
  for (const { recordId, points } of rows) await publish(ctx, PointsExpired, `record/${recordId}`, { recordId, points });
  return rows.length === ACCOUNTS_AT_ONCE;
}

/** How far back a late sale of an offline till may still correct an evening's balance. */
const LATEST_DAYS = 8;

/** Writes the balances of the evenings through `through`, for channels that show them as of last night [LOY-10]. */
export async function closeDays(ctx: Ctx, through: string): Promise<number> {
  const { rows } = await sql<{
    rows: number;
  }>`select loyalty.close_days(${through}::date - ${LATEST_DAYS}::integer, ${through}::date) as rows`.execute(ctx.db);
  return rows[0]?.rows ?? 0;
}
