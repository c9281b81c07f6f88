import type { Invariant } from "../../platform/index.ts";

export const pricingInvariants: readonly Invariant[] = [
  {
    name: "PRC-12 code budgets are the sum of their uses",
    description: "The used part of a code's budget equals the uses that were counted on it and not given back",
    sql: `select b.code_id || ' slot ' || b.slot as example from pricing.code_budget b
          left join lateral (select count(*) as n from pricing.code_use u
                             where u.code_id = b.code_id and u.slot = b.slot and u.given_back_at is null) uses on true
          where b.used <> uses.n`,
  },
  {
    name: "PRC-12 budgets add up to the maximum",
    description: "The slots of a code with a maximum hold exactly that many uses; a code without one has no slots",
    sql: `select c.id::text as example from pricing.code c
          left join lateral (select sum(maximum) as maximum from pricing.code_budget b where b.code_id = c.id) slots on true
          where c.maximum_uses is distinct from slots.maximum`,
  },
];
