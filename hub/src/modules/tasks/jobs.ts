import { sql } from "kysely";
import { job, type Ctx, type Job } from "../../platform/index.ts";
import { compareCauses } from "./commands.ts";
import type { ActionDeps } from "./handling/actions.ts";
import { escalate } from "./handling/escalate.ts";
import { carryOut, dueRuns, planRuns } from "./handling/runs.ts";

const KEPT_MONTHS = 25;
const RUNS_AT_ONCE = 50;

export const tasksJobs = (deps: ActionDeps): readonly Job[] => [
  job("tasks.compare", (desk) => desk.write(keepTasks), { cron: "* * * * *" }),
  job(
    "tasks.run",
    async (desk) => {
      for (const id of await dueRuns(desk.read, RUNS_AT_ONCE)) {
        if (desk.signal.aborted) return;
        await carryOut(desk, deps, id);
      }
    },
    { cron: "* * * * *" },
  ),
  job("tasks.forget", (desk) => desk.write(forgetTasks), { cron: "47 3 * * *" }),
];

/** Once a minute: what no fact tells, what waits too long, and what is to be done by itself. */
async function keepTasks(ctx: Ctx): Promise<void> {
  await compareCauses(ctx, null);
  await escalate(ctx);
  await planRuns(ctx);
}

/** A drawer that was counted wrong, goods that were paid back twice, and what nobody covered stay so: their cause ends a week after somebody has looked into it. */
async function forgetTasks({ db }: Ctx): Promise<void> {
  await sql`
    delete from tasks.noted n using tasks.task t
     where n.kind in ('cash_difference', 'returned_twice', 'act_uncovered') and t.kind = n.kind and t.cause_key = n.cause_key and t.state = 'done' and t.ended_at < now() - interval '7 days'`.execute(
    db,
  );
  await sql`delete from tasks.task where not is_standing and ended_at < now() - make_interval(months => ${KEPT_MONTHS}::integer)`.execute(
    db,
  );
}
