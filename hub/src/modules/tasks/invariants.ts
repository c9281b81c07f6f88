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
    name: "TSK-3 every step is kept",
    description: "A task's version is that of its last step",
    sql: `select t.id::text as example from tasks.task t
           where t.version < (select max(s.version) from tasks.step s where s.task_id = t.id)
              or not exists (select from tasks.step s where s.task_id = t.id and s.version = 1)`,
  },
];
