import { sql } from "kysely";
import { job, type Ctx, type Job } from "../../platform/index.ts";
import { TOUCHPOINT_MONTHS } from "../touchpoints/index.ts";

const MOST_AT_ONCE = 5000;

/** Seams go with the touchpoints that they were found from, some at a time. Answers how many. */
export async function forgetSeams({ db, now }: Pick<Ctx, "db" | "now">, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from insights.seam where ctid = any(array(
      select ctid from insights.seam
       where from_at < (date_trunc('month', ${now}::timestamptz at time zone 'utc') - make_interval(months => ${TOUCHPOINT_MONTHS}::integer)) at time zone 'utc'
       limit ${most}))`.execute(db);
  return Number(numAffectedRows);
}

export const insightsJobs: readonly Job[] = [
  job(
    "insights.forget",
    async (ctx) => {
      while (!ctx.signal.aborted && (await ctx.write((own) => forgetSeams(own, MOST_AT_ONCE))) === MOST_AT_ONCE);
    },
    { cron: "53 3 * * *" },
  ),
];
