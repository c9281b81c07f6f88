import { sql } from "kysely";
import { job, type Job } from "../../platform/index.ts";
import { deleteOldChallenges } from "./commands/challenges.ts";
import { NEAR_DAYS } from "./commands/near.ts";

/** Forgets what has run out: codes, claims, openings, and who was near. */
export const customerJobs: readonly Job[] = [
  job(
    "customers.tidy_up",
    (ctx) =>
      ctx.write(async (inside) => {
        await deleteOldChallenges(inside);
        await sql`delete from customers.claim where expires_at < now() - interval '30 days'`.execute(inside.db);
        await sql`delete from customers.opening where at < now() - interval '90 days'`.execute(inside.db);
        await sql`delete from customers.near_place where at < now() - make_interval(days => ${NEAR_DAYS})`.execute(inside.db);
      }),
    { cron: "25 2 * * *" },
  ),
];
