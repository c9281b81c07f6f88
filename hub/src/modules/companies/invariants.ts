import type { Invariant } from "../../platform/index.ts";

export const companiesInvariants: readonly Invariant[] = [
  {
    name: "CMP-4 nobody erased belongs to a company",
    description: "No membership and no purchase names an erased record",
    sql: `select m.company_id::text as example from companies.membership m join customers.read_erased e on e.record_id = m.record_id
           union all
          select p.order_id::text from companies.purchase p join customers.read_erased e on e.record_id = p.record_id`,
  },
  {
    name: "CMP-8 a suggestion orders nothing",
    description: "Nothing was ordered for a company that only a channel suggested",
    sql: `select c.id::text as example from companies.company c
           where c.state = 'suggested' and exists (select from companies.purchase p where p.company_id = c.id)`,
  },
];
