import { sql } from "kysely";
import { job, type Job } from "../../platform/index.ts";
import { compareCauses } from "./commands.ts";

const KEPT_MONTHS = 25;

export const tasksJobs: readonly Job[] = [
  job("tasks.compare", (ctx) => ctx.write(async (own) => void (await compareCauses(own, null))), { cron: "* * * * *" }),
  job(
    "tasks.forget",
    (ctx) =>
      ctx.write(
        async ({ db }) =>
          void (await sql`delete from tasks.task where not is_standing and ended_at < now() - make_interval(months => ${KEPT_MONTHS}::integer)`.execute(
            db,
          )),
      ),
    { cron: "47 3 * * *" },
  ),
];
