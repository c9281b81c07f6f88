import { sql } from "kysely";
import { job, type Job } from "../../platform/index.ts";

/** A reduction that lasts longer than a year is a price. */
const KEPT_MONTHS = 14;

export const pricingJobs: readonly Job[] = [
  job(
    "pricing.forget",
    (ctx) =>
      ctx.write(async ({ db }) => {
        await sql`delete from pricing.past_price where until < now() - make_interval(months => ${KEPT_MONTHS}::integer)`.execute(db);
      }),
    { cron: "17 3 * * *" },
  ),
];
