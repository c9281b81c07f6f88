import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/** Whole months for which messages are kept, as the touchpoints that tell of them. */
export const MESSAGE_MONTHS = 25;

/** The first month that is kept, by the clock of the transaction. */
const firstKept = ({ now }: Pick<Ctx, "now">) =>
  sql`(date_trunc('month', ${now}::timestamptz at time zone 'utc') - make_interval(months => ${MESSAGE_MONTHS}::integer))`;

/** Drops the partitions of months that are kept no longer [MSG-11]. */
export async function forgetOldMonths(ctx: Ctx): Promise<void> {
  await sql`select messages.forget_partitions(${firstKept(ctx)}::date)`.execute(ctx.db);
}

/** Messages as old that lie in no month of their own, some at a time. Answers how many, as both of these do. */
export async function forgetOldMessages(ctx: Ctx, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from messages.outbound o using (
      select record_id, created_at, id from messages.outbound where created_at < ${firstKept(ctx)} at time zone 'utc' limit ${most}) old
     where o.record_id = old.record_id and o.created_at = old.created_at and o.id = old.id`.execute(ctx.db);
  return Number(numAffectedRows);
}

/** Their causes: the fact itself is delivered again for as long as the event log is kept, 30 days. */
export async function forgetOldCauses(ctx: Ctx, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from messages.dedupe where ctid = any(array(
      select ctid from messages.dedupe where created_at < ${firstKept(ctx)} at time zone 'utc' limit ${most}))`.execute(ctx.db);
  return Number(numAffectedRows);
}

/** What became of telling buyers of a recall, as old. */
export async function forgetOldRecalls(ctx: Ctx, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from messages.recall_receiver where ctid = any(array(
      select ctid from messages.recall_receiver where at < ${firstKept(ctx)} at time zone 'utc' limit ${most}))`.execute(ctx.db);
  return Number(numAffectedRows);
}

/** Mailings of notices as old, with what became of each of their people. That somebody was told stays in `customers`. */
export async function forgetOldMailings(ctx: Ctx, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from messages.notice_mailing where id = any(array(
      select id from messages.notice_mailing where ended_at < ${firstKept(ctx)} at time zone 'utc' limit ${most}))`.execute(ctx.db);
  return Number(numAffectedRows);
}
