import type { Invariant } from "../../platform/index.ts";

export const consentInvariants: readonly Invariant[] = [
  {
    name: "CNS-3 a yes answers withdrawals only",
    description: "What a decision says that it answers is an earlier withdrawal of the same purpose, or is erased",
    sql: `select yes.id::text as example from consent.event yes cross join unnest(yes.answers) as answered (id)
            join consent.event no on no.id = answered.id
           where no.state <> 'withdrawn' or no.purpose <> yes.purpose or no.at > yes.at`,
  },
  {
    name: "CNS-5 what was confirmed was asked",
    description: "A confirmation that is pressed has granted, or somebody said no or yes since",
    sql: `select c.id::text as example from consent.confirmation c
           where c.confirmed_at is not null
             and not exists (select from consent.event e where e.record_id = c.record_id and e.state in ('granted', 'withdrawn') and e.at >= c.created_at)
             and not exists (select from consent.event e, unnest(c.event_ids) as waiting (id)
                              where e.state = 'withdrawn' and e.record_id in (select customers.person_records_of(c.record_id)) and e.at >= c.created_at)`,
  },
  {
    name: "CNS-2 nothing is kept of the erased",
    description: "No decision, preference or link names an erased record",
    sql: `select g.record_id::text as example from customers.read_erased g
           where exists (select from consent.event where record_id = g.record_id)
              or exists (select from consent.preference where record_id = g.record_id)
              or exists (select from consent.link where record_id = g.record_id)`,
  },
];
