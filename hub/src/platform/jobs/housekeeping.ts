import { sql } from "kysely";
import type { Ctx } from "../ctx.ts";
import { job, type Job } from "./job.ts";

/** How long the log is kept, in days. A subscriber that is further behind is rebuilt from the tables. */
const LOG_DAYS = 30;
/** So many days have their partition before they begin. */
const DAYS_AHEAD = 7;
/** How long a stored answer is given again, in days. */
const IDEMPOTENCY_DAYS = 7;
const MOST_AT_ONCE = 5000;

/** The platform's own jobs. Those of the modules stand beside the modules. */
export const platformJobs: readonly Job[] = [
  job(
    "platform.partitions",
    async (ctx) => {
      await ctx.write((own) => sql`select platform.make_event_log_partitions(${DAYS_AHEAD}::integer)`.execute(own.db));
      await ctx.write((own) => sql`select platform.drop_event_log_partitions(${LOG_DAYS}::integer)`.execute(own.db));
    },
    { cron: "7 * * * *" },
  ),
  job(
    "platform.forget",
    async (ctx) => {
      for (const forget of [forgetAnswers, forgetLetters, forgetTickets, forgetChecks, forgetDeletions]) {
        while (!ctx.signal.aborted && (await ctx.write(forget)) === MOST_AT_ONCE);
      }
    },
    { cron: "17 * * * *" },
  ),
];

/** Old stored answers, some at a time, so that no transaction is long. Answers how many rows went, as all of these do. */
async function forgetAnswers({ db }: Ctx): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from platform.idempotency_key
     where ctid = any(array(select ctid from platform.idempotency_key where created_at < now() - make_interval(days => ${IDEMPOTENCY_DAYS}) limit ${MOST_AT_ONCE}))`.execute(
    db,
  );
  return Number(numAffectedRows);
}

/** Dead letters that were put in order as long ago as the log is kept. */
async function forgetLetters({ db }: Ctx): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from platform.dead_letter
     where ctid = any(array(select ctid from platform.dead_letter where resolved_at < now() - make_interval(days => ${LOG_DAYS}) limit ${MOST_AT_ONCE}))`.execute(
    db,
  );
  return Number(numAffectedRows);
}

async function forgetTickets({ db }: Ctx): Promise<number> {
  await sql`delete from platform.live_ticket where expires_at < now()`.execute(db);
  return 0;
}

/** Reports of what was deleted, after three years: as long as the audit. */
async function forgetDeletions({ db }: Ctx): Promise<number> {
  await sql`delete from platform.deletion where day < (now() at time zone 'utc')::date - interval '36 months'`.execute(db);
  return 0;
}

/** The last check stays, however old it is. */
async function forgetChecks({ db }: Ctx): Promise<number> {
  await sql`
    delete from platform.invariant_check
     where checked_at < now() - interval '1 day' and checked_at < (select max(checked_at) from platform.invariant_check)`.execute(db);
  return 0;
}
