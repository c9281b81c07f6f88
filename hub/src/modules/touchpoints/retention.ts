import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/** Whole months for which touchpoints are kept: two years of seasons to compare, and the month under way. */
export const TOUCHPOINT_MONTHS = 25;
/** Days for which batches keep their position: a follower that is further behind is rebuilt from the touchpoints themselves. */
export const BATCH_DAYS = 30;

type Keeping = Pick<Ctx, "db" | "now">;

/** The first month that is kept, by the clock of the transaction. */
const firstKept = ({ now }: Keeping) =>
  sql`(date_trunc('month', ${now}::timestamptz at time zone 'utc') - make_interval(months => ${TOUCHPOINT_MONTHS}::integer))::date`;

/** Drops the partitions of months that are kept no longer [TCH-15]. Answers how many. */
export async function forgetOldPartitions(ctx: Keeping): Promise<number> {
  const { rows } = await sql<{ gone: number }>`select touchpoints.forget_partitions(${firstKept(ctx)}) as gone`.execute(ctx.db);
  return rows[0]?.gone ?? 0;
}

/** Deletes touchpoints as old that lie in a partition which is still needed, some at a time. Answers how many, as all of these do. */
export async function forgetOldRows(ctx: Keeping, most: number): Promise<number> {
  const { rows } = await sql<{ gone: number }>`select touchpoints.forget_rows(${firstKept(ctx)}, ${most}::integer) as gone`.execute(ctx.db);
  return rows[0]?.gone ?? 0;
}

/** The marks of touchpoints as old. */
export async function forgetOldResends(ctx: Keeping, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from touchpoints.resend where ctid = any(array(
      select ctid from touchpoints.resend where occurred_at < ${firstKept(ctx)}::timestamp at time zone 'utc' limit ${most}))`.execute(
    ctx.db,
  );
  return Number(numAffectedRows);
}

/** That an event was counted already, when what it was counted as is gone. */
export async function forgetOldKeys(ctx: Keeping, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from touchpoints.message_key where ctid = any(array(
      select ctid from touchpoints.message_key where occurred_at < ${firstKept(ctx)}::timestamp at time zone 'utc' limit ${most}))`.execute(
    ctx.db,
  );
  return Number(numAffectedRows);
}

/** Positions that no follower should still need. The last one stays: the next counts on from it. */
export async function forgetBatches(ctx: Keeping, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from touchpoints.intake_batch where intake_seq = any(array(
      select intake_seq from touchpoints.intake_batch
       where at < ${ctx.now}::timestamptz - make_interval(days => ${BATCH_DAYS}::integer)
         and intake_seq < (select intake_seq from touchpoints.intake_head) limit ${most}))`.execute(ctx.db);
  return Number(numAffectedRows);
}
