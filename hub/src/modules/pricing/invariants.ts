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
    name: "PRC-18 promotion budgets are the sum of their uses",
    description: "What is used and spent of a promotion's budget equals the uses that were counted on it and not given back",
    sql: `select b.promotion_id::text as example from pricing.promotion_budget b
          left join lateral (select count(*) as used, coalesce(sum(u.amount), 0) as spent from pricing.promotion_use u
                             where u.promotion_id = b.promotion_id and u.is_counted and u.given_back_at is null) uses on true
          where b.used <> uses.used or b.spent <> uses.spent`,
  },
  {
    name: "PRC-18 a promotion is told used up exactly while its budget is spent",
    description: "What carts are told of a promotion's budget is what the budget says",
    sql: `select p.id::text as example from pricing.promotion p
          where p.is_used_up <> coalesce(pricing.is_spent(p.id), false)`,
  },
  {
    name: "PRC-12 budgets add up to the maximum",
    description: "The slots of a code with a maximum hold exactly that many uses; a code without one has no slots",
    sql: `select c.id::text as example from pricing.code c
          left join lateral (select sum(maximum) as maximum from pricing.code_budget b where b.code_id = c.id) slots on true
          where c.maximum_uses is distinct from slots.maximum`,
  },
];
