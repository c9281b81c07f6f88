import type { Invariant } from "../../platform/index.ts";

export const loyaltyInvariants: readonly Invariant[] = [
  {
    name: "LOY-5 a membership has its account",
    description: "The account of a member belongs to the same record and counts points",
    sql: `select membership.record_id::text as example from loyalty.membership
          left join ledger.account on account.id = membership.account_id
          where account.record_id is distinct from membership.record_id or account.unit <> 'points:' || membership.program_id`,
  },
];
