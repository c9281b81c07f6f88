import { sql } from "kysely";
import { job, type Job } from "../../platform/index.ts";

/** As long as somebody may ask whether a request was answered in time. */
const REQUEST_KEPT_MONTHS = 36;

export const privacyJobs: readonly Job[] = [
  job(
    "privacy.forget",
    (ctx) =>
      ctx.write(async ({ db }) => {
        await sql`delete from privacy.request where closed_at < now() - make_interval(months => ${REQUEST_KEPT_MONTHS}::integer)`.execute(
          db,
        );
      }),
    { cron: "43 3 * * *" },
  ),
];
