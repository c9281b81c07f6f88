import { sql } from "kysely";
import { job, type Ctx, type Job } from "../../platform/index.ts";

const MONTHS_AHEAD = 3;
/** Three years, as the retention table says. */
const MONTHS_KEPT = 36;
const ATTEMPTS_KEPT = "1 day";

/** Makes the audit's months ahead, drops those past the retention, and forgets ended sessions and old wrong tries. */
export const accessJobs: readonly Job[] = [job("access.tidy_up", (ctx) => ctx.write(tidyUp), { cron: "15 2 * * *" })];

/** What the nightly job does; safe to repeat. */
export async function tidyUp(ctx: Ctx): Promise<void> {
  await sql`select access.make_audit_partitions(${MONTHS_AHEAD}), access.drop_audit_partitions(${MONTHS_KEPT})`.execute(ctx.db);
  // What lies in no month of its own: entries of a time when no hub made partitions.
  await sql`
    delete from access.audit_entry_default
     where at < date_trunc('month', now() at time zone 'utc') at time zone 'utc' - make_interval(months => ${MONTHS_KEPT}::integer)`.execute(
    ctx.db,
  );
  await sql`delete from access.session where expires_at < now()`.execute(ctx.db);
  await sql`delete from access.enrollment where expires_at < now() - interval '10 minutes'`.execute(ctx.db);
  await sql`delete from access.grant where expires_at < now() - interval '1 day'`.execute(ctx.db);
  await sql`delete from access.attempt where last_at < now() - ${ATTEMPTS_KEPT}::interval`.execute(ctx.db);
}
