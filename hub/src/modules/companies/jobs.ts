import { sql } from "kysely";
import { job, type Job } from "../../platform/index.ts";

/** As long as somebody may confirm what a channel said. */
const SUGGESTION_KEPT_DAYS = 90;
/** As long as somebody may ask who could order for a company. */
const ENDED_KEPT_MONTHS = 36;

export const companiesJobs: readonly Job[] = [
  job(
    "companies.forget",
    (ctx) =>
      ctx.write(async ({ db }) => {
        await sql`
          delete from companies.company where state = 'suggested' and updated_at < now() - make_interval(days => ${SUGGESTION_KEPT_DAYS}::integer)`.execute(
          db,
        );
        await sql`
          delete from companies.membership where state = 'suggested' and since < now() - make_interval(days => ${SUGGESTION_KEPT_DAYS}::integer)`.execute(
          db,
        );
        await sql`delete from companies.membership where ended_at < now() - make_interval(months => ${ENDED_KEPT_MONTHS}::integer)`.execute(
          db,
        );
      }),
    { cron: "47 3 * * *" },
  ),
];
