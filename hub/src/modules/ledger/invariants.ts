import type { Invariant } from "../../platform/index.ts";

export const ledgerInvariants: readonly Invariant[] = [
  {
    name: "LED-1 ledger transactions balance",
    description: "The legs of a transaction sum to zero, per unit",
    sql: `select leg.txn_id::text as example from ledger.leg join ledger.account on account.id = leg.account_id
          group by leg.txn_id, account.unit having sum(leg.amount) <> 0`,
  },
  {
    name: "LED-2 balances are the sum of their legs",
    description: "A stored balance equals the legs of its account",
    sql: `select account.id::text as example from ledger.account
          left join ledger.balance on balance.account_id = account.id
          left join lateral (select coalesce(sum(amount), 0) as amount from ledger.leg where leg.account_id = account.id) legs on true
          where account.is_bounded and (balance.balance is null or balance.balance <> legs.amount)`,
  },
  {
    name: "LED-5 every ledger transaction has legs",
    description: "A movement without legs moves nothing",
    sql: `select txn.id::text as example from ledger.txn
          where not exists (select 1 from ledger.leg where leg.txn_id = txn.id)`,
  },
];
