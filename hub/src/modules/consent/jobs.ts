import { sql } from "kysely";
import { job, type Job } from "../../platform/index.ts";

/** Confirmations that nobody pressed, and links of old messages: "from any mail ever sent" ends when nobody keeps it any more. */
const CONFIRMATION_KEPT_DAYS = 30;
const LINK_KEPT_YEARS = 3;
/** What a visitor whom nobody knows chose about cookies: asked again after a year, and a month for those who come once a year. */
const NOBODY_KEPT_MONTHS = 13;

export const consentJobs: readonly Job[] = [
  job(
    "consent.forget",
    (ctx) =>
      ctx.write(async ({ db }) => {
        await sql`delete from consent.confirmation where expires_at < now() - make_interval(days => ${CONFIRMATION_KEPT_DAYS}::integer)`.execute(
          db,
        );
        await sql`
          delete from consent.event e using customers.read_nobody n
           where n.record_id = e.record_id and e.at < now() - make_interval(months => ${NOBODY_KEPT_MONTHS}::integer)`.execute(db);
        await sql`delete from consent.link where created_at < now() - make_interval(years => ${LINK_KEPT_YEARS}::integer)`.execute(db);
      }),
    { cron: "37 3 * * *" },
  ),
];
