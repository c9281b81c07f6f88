import type { Invariant } from "../../platform/index.ts";

export const integrationsInvariants: readonly Invariant[] = [
  {
    name: "IMP-7 no file outlives its import",
    description: "An import that has ended has no part of its file left, and no mark of anybody erased",
    sql: `select d.id::text as example from integrations.data_import d
           where d.state in ('done', 'stopped', 'failed')
             and (d.erased <> '{}' or exists (select from integrations.import_part p where p.import_id = d.id))`,
  },
  {
    name: "IMP-2 every line is accounted for",
    description: "An import counts as refused what stands in its list of refused lines",
    sql: `select d.id::text as example from integrations.data_import d
           where d.refused <> (select count(*) from integrations.import_refusal r where r.import_id = d.id)`,
  },
];
