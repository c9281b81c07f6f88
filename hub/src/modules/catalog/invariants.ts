import type { Invariant } from "../../platform/index.ts";

export const catalogInvariants: readonly Invariant[] = [
  {
    name: "CAT-4 what is sold can be found",
    description: "Every active product has its search document, and no other has",
    sql: `select coalesce(p.id, d.product_id)::text as example
          from (select id from catalog.product where is_active) p
          full join catalog.search_document d on d.product_id = p.id
          where p.id is null or d.product_id is null`,
  },
  {
    name: "CAT-6 what is sold has something to sell",
    description: "Every active product has at least one variant that can be bought",
    sql: `select p.id::text as example from catalog.product p
          where p.is_active and not exists (select from catalog.variant v where v.product_id = p.id and v.is_active)`,
  },
];
