import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { pointsUnit, currentRule } from "../queries/program.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import { PointsExpired, PointsExpiring } from "../events.ts";

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

/** So many days before points expire, their member is told. */
const WARNING_DAYS = 30;
const WARNED_AT_ONCE = 500;

/**
 * Tells of points that expire within 30 days, once for each record and each day on which some do [LOY-9]; true: there may be more. Publishes
 * `loyalty.points_expiring.v1`.
 */
export async function warnOfExpiry(ctx: Ctx): Promise<boolean> {
  const rule = await currentRule(ctx);
  if (!rule) return false;
  const { rows } = await sql<{ recordId: RecordId; at: Date; points: number }>`
    with due as (
      select l.record_id, l.expires_at, sum(l.remaining)::bigint as points from ledger.read_lot l
       where l.unit = ${pointsUnit(rule.programId)} and l.expires_at > ${ctx.now} and l.expires_at <= ${ctx.now}::timestamptz + make_interval(days => ${WARNING_DAYS})
         and not exists (select from loyalty.expiry_warning w where w.record_id = l.record_id and w.expires_at = l.expires_at)
       group by 1, 2 order by 2, 1 limit ${WARNED_AT_ONCE}),
    told as (insert into loyalty.expiry_warning (record_id, expires_at, at) select record_id, expires_at, ${ctx.now} from due
             on conflict do nothing returning record_id, expires_at)
    select due.record_id as "recordId", due.expires_at as at, due.points from due join told using (record_id, expires_at)`.execute(ctx.db);
  for (const { recordId, at, points } of rows)
    await publish(ctx, PointsExpiring, `record/${recordId}`, { recordId, points, at: at.toISOString() });
  return rows.length === WARNED_AT_ONCE;
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
