import { sql } from "kysely";
import { job, type Job } from "../../platform/index.ts";
import { forgetQuarantine } from "./quarantine.ts";
import { forgetBatches, forgetOldKeys, forgetOldPartitions, forgetOldResends, forgetOldRows } from "./retention.ts";

const MONTHS_AHEAD = 2;
const MOST_AT_ONCE = 5000;

export const touchpointsJobs: readonly Job[] = [
  job(
    "touchpoints.partitions",
    (ctx) => ctx.write(async ({ db }) => void (await sql`select touchpoints.make_partitions(${MONTHS_AHEAD}::integer)`.execute(db))),
    { cron: "13 3 * * *" },
  ),
  job(
    "touchpoints.forget_quarantine",
    async (ctx) => {
      while (!ctx.signal.aborted && (await ctx.write((own) => forgetQuarantine(own, MOST_AT_ONCE))) === MOST_AT_ONCE);
    },
    { cron: "29 * * * *" },
  ),
  job(
    "touchpoints.forget",
    async (ctx) => {
      await ctx.write(forgetOldPartitions);
      for (const forget of [forgetOldRows, forgetOldKeys, forgetOldResends, forgetBatches]) {
        while (!ctx.signal.aborted && (await ctx.write((own) => forget(own, MOST_AT_ONCE))) === MOST_AT_ONCE);
      }
    },
    { cron: "41 3 * * *" },
  ),
];
