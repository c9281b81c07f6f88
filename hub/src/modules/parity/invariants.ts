import type { Invariant } from "../../platform/index.ts";

export const parityInvariants: readonly Invariant[] = [
  {
    name: "PAR-7 linked channels show the same",
    description: "At the last check that came to its end nothing was wrong",
    sql: `select d.window_kind || ' of channel/' || d.channel_id || ': ' || d.attribute || coalesce(' of ' || d.sku, '') as example
            from parity.difference d
           where d.verdict = 'wrong'
             and d.run_id = (select id from parity.run where state = 'done' order by ended_at desc, id desc limit 1)`,
  },
  {
    name: "PAR-6 a check counts what it keeps",
    description: "The differences of the last check that came to its end are those that it counted, but for what was not kept",
    sql: `select r.id::text as example
            from parity.run r
           where r.state = 'done' and not exists (select from parity.run later where later.state = 'done' and later.ended_at > r.ended_at)
             and r.wrong + r.lagging + r.allowed - r.not_kept <> (select count(*) from parity.difference d where d.run_id = r.id)`,
  },
];
