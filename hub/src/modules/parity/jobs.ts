import { sql } from "kysely";
import { job, type Ctx, type Job, type JobContext } from "../../platform/index.ts";
import { runCheck } from "./check.ts";
import { startNightlyCheck } from "./commands.ts";
import type { CheckId } from "./domain/index.ts";
import type { ShopWindows } from "./ports.ts";

/** Months for which the counts of a check are kept. */
const KEPT_MONTHS = 25;
/** Days for which it is known when catalog and prices changed: longer than any feed is left as it is. */
const CHANGE_DAYS = 90;
/** A check that runs longer than this was given up by its job. */
const MOST_HOURS = 2;

export const checkJob = (shop: ShopWindows): Job<{ runId: CheckId }> =>
  job(
    "parity.check",
    async (ctx: JobContext, { runId }: { runId: CheckId }) => {
      const end = await runCheck(ctx, shop, runId);
      if (end === "interrupted") throw new Error("the hub stops; the check begins again when it is back");
      if (end === "busy") throw new Error("another check runs, or this one does elsewhere; it is tried again");
    },
    { maxAttempts: 25 },
  );

export const parityJobs = (check: Job<{ runId: CheckId }>): readonly Job[] => [
  check,
  job(
    "parity.nightly",
    async (ctx) => {
      await ctx.write(forget);
      await ctx.write(startNightlyCheck);
    },
    { cron: "17 2 * * *" },
  ),
  // An installation that nobody has checked yet does not wait for the night.
  job("parity.first", (ctx) => ctx.write(startFirst), { cron: "*/5 * * * *" }),
];

async function startFirst(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ isDue: boolean }>`
    select not exists (select from parity.run) and exists (select from catalog.revision where revision > 0) as "isDue"`.execute(ctx.db);
  if (rows[0]?.isDue) await startNightlyCheck(ctx);
}

/** Forgets old checks, and ends one that no job works at any more: it would keep all others waiting. */
export async function forget({ db, now }: Pick<Ctx, "db" | "now">): Promise<void> {
  await sql`
    update parity.run set state = 'failed', ended_at = ${now}
     where state = 'running' and started_at < ${now}::timestamptz - make_interval(hours => ${MOST_HOURS}::integer)`.execute(db);
  await sql`
    delete from parity.run
     where state in ('done', 'failed') and ended_at < ${now}::timestamptz - make_interval(months => ${KEPT_MONTHS}::integer)`.execute(db);
  await sql`delete from parity.change where at < ${now}::timestamptz - make_interval(days => ${CHANGE_DAYS}::integer)`.execute(db);
}
