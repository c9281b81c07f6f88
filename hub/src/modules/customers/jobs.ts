import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { job, type Job } from "../../platform/index.ts";
import { advanceSwitch } from "./commands/advance-switch.ts";
import { applyLimitsNext } from "./commands/apply-limits.ts";
import { deleteOldChallenges } from "./commands/challenges.ts";
import { rebuildNext } from "./commands/field-rules.ts";
import { NEAR_DAYS } from "./commands/near.ts";
import { matchUnmatched, runMatching } from "./commands/run-matching.ts";
import { advanceNotices } from "./commands/notices.ts";

/** Between two steps of a switch, so that it takes a part of the machine and no more. */
const BREATH_MILLISECONDS = 15;

/**
 * Takes the switch of a link level to its end, step by step. The clock makes it too: a switch whose hub was killed goes on within a minute.
 */
export const switchJob = job(
  "customers.switch_level",
  async (ctx) => {
    while (!ctx.signal.aborted && (await ctx.write(advanceSwitch)) !== "idle") await setTimeout(BREATH_MILLISECONDS);
  },
  { cron: "* * * * *" },
);

/** Gives a notice to earlier records, and lets files be joined whose people were informed and did not object in time. */
const noticesJob = job(
  "customers.notices",
  async (ctx) => {
    while (!ctx.signal.aborted && (await ctx.write(advanceNotices)) !== "idle") await setTimeout(BREATH_MILLISECONDS);
  },
  { cron: "* * * * *" },
);

/** Works on the run over the whole file. The clock makes it too: a run whose hub was killed goes on within a minute. */
export const matchFileJob = job("customers.match_file", runMatching, { cron: "* * * * *" });

/** Compares what came without an event, as a file that was imported [IDN-25]. */
const matchNewJob = job("customers.match_new", matchUnmatched, { cron: "40 2 * * *" });

/** Builds all profiles again after their rules were changed, step by step. */
export const rebuildProfilesJob = job(
  "customers.rebuild_profiles",
  async (ctx) => {
    while (!ctx.signal.aborted && (await ctx.write(rebuildNext))) await setTimeout(BREATH_MILLISECONDS);
  },
  { cron: "* * * * *" },
);

/** Computes those again whom limits touch that were changed, step by step [IDN-29]. */
export const applyLimitsJob = job(
  "customers.apply_limits",
  async (ctx) => {
    while (!ctx.signal.aborted && (await ctx.write(applyLimitsNext))) await setTimeout(BREATH_MILLISECONDS);
  },
  { cron: "* * * * *" },
);

/** Forgets what has run out: codes, claims, openings, and who was near. */
export const customerJobs: readonly Job[] = [
  switchJob,
  matchFileJob,
  matchNewJob,
  rebuildProfilesJob,
  applyLimitsJob,
  noticesJob,
  job(
    "customers.tidy_up",
    (ctx) =>
      ctx.write(async (inside) => {
        await deleteOldChallenges(inside);
        await sql`delete from customers.claim where expires_at < now() - interval '30 days'`.execute(inside.db);
        await sql`delete from customers.opening where at < now() - interval '90 days'`.execute(inside.db);
        await sql`delete from customers.match_run where ended_at < now() - interval '25 months'`.execute(inside.db);
        await sql`delete from customers.violation where at < now() - interval '25 months'`.execute(inside.db);
        await sql`delete from customers.near_place where at < now() - make_interval(days => ${NEAR_DAYS})`.execute(inside.db);
      }),
    { cron: "25 2 * * *" },
  ),
];
