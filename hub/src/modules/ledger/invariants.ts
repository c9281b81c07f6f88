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
  {
    name: "LED-7 lots make up the balance",
    description: "What is open in the lots of an account, less its open debts, is its balance, and never both are open",
    sql: `select balance.account_id::text as example from ledger.balance
          left join (select account_id, sum(remaining) as open from ledger.lot group by account_id) lots on lots.account_id = balance.account_id
          left join (select account_id, sum(remaining) as open from ledger.debt group by account_id) debts on debts.account_id = balance.account_id
          where coalesce(lots.open, 0) <> greatest(balance.balance, 0) or coalesce(debts.open, 0) <> greatest(-balance.balance, 0)
             or balance.debt <> coalesce(debts.open, 0)`,
  },
  {
    name: "LED-8 lots hold what their uses left",
    description: "What remains of a lot is what it was made with, less what movements took and plus what they gave back",
    sql: `select lot.id::text as example from ledger.lot
          left join (select lot_id, sum(quantity) as used from ledger.lot_use group by lot_id) uses on uses.lot_id = lot.id
          where lot.remaining <> lot.quantity - coalesce(uses.used, 0)`,
  },
  {
    name: "LED-10 what an entity issued is still in its books",
    description: "A legal entity's counter accounts say what is open in the lots that it issued, less the debts owed to it",
    sql: `select coalesce(books.entity_id, open.entity_id)::text as example
          from (select account.entity_id, account.unit, -sum(leg.amount) as amount from ledger.account join ledger.leg on leg.account_id = account.id
                where account.entity_id is not null and account.kind not in ('on_account', 'on_partners') group by 1, 2) books
          full join (select entity_id, unit, sum(amount) as amount from (
                       select lot.entity_id, account.unit, lot.remaining as amount from ledger.lot join ledger.account on account.id = lot.account_id
                       union all select debt.entity_id, account.unit, -debt.remaining from ledger.debt join ledger.account on account.id = debt.account_id) both_ways
                     group by 1, 2) open on open.entity_id = books.entity_id and open.unit = books.unit
          where coalesce(books.amount, 0) <> coalesce(open.amount, 0)`,
  },
];
