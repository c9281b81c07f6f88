import type { Invariant } from "../../platform/index.ts";

export const tasksInvariants: readonly Invariant[] = [
  {
    name: "TSK-2 no task waits whose cause is gone",
    description: "What a task waits for stands, or ended so lately that the clock has not looked since",
    sql: `select t.id::text as example from tasks.task t
           where t.state in ('open', 'taken') and t.opened_at < now() - interval '3 minutes'
             and not exists (select from tasks.cause c where c.kind = t.kind and c.cause_key = t.cause_key)
             and not exists (select from stock.read_conflict c where t.cause_key = 'conflict/' || c.id and c.resolved_at > now() - interval '3 minutes')
             and t.kind in ('stock_conflict', 'terms_contested')`,
  },
  {
    name: "TSK-8 nothing is done by itself that people are asked about",
    description: "What is planned is of a kind that is set to be done by itself",
    sql: `select r.id::text as example from tasks.run r
           where r.state = 'planned' and not exists (select from tasks.kind_setting k where k.kind = r.kind and k.handling = 'do')`,
  },
  {
    name: "TSK-9 what was done by itself is told on its task",
    description: "Each thing that was done, or could not be, is a step of its task",
    sql: `select r.id::text as example from tasks.run r
           where r.state in ('done', 'failed') and not exists (
             select from tasks.step s where s.task_id = r.task_id and s.act = case r.state when 'done' then 'ran' else 'failed' end and s.at >= r.runs_at)`,
  },
  {
    name: "TSK-3 every step is kept",
    description: "A task's version is that of its last step",
    sql: `select t.id::text as example from tasks.task t
           where t.version < (select max(s.version) from tasks.step s where s.task_id = t.id)
              or not exists (select from tasks.step s where s.task_id = t.id and s.version = 1)`,
  },
];
