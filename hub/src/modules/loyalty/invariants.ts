import type { Invariant } from "../../platform/index.ts";

export const loyaltyInvariants: readonly Invariant[] = [
  {
    name: "LOY-5 a membership has its account",
    description: "The account of a member belongs to the same record and counts points",
    sql: `select membership.record_id::text as example from loyalty.membership
          left join ledger.account on account.id = membership.account_id
          where account.record_id is distinct from membership.record_id or account.unit <> 'points:' || membership.program_id`,
  },
  {
    name: "LOY-7 what rewards cost was burned",
    description: "The redemptions of an order cost what its burn booked, in versions that exist and at their price",
    sql: `select coalesce(r.order_id, b.order_id)::text as example
          from (select redemption.order_id, sum(redemption.points) as points, bool_and(redemption.points = v.cost) as at_price
                from loyalty.redemption join loyalty.reward_version v on v.reward_id = redemption.reward_id and v.version = redemption.reward_version
                group by 1) r
          full join (select txn.source_id as order_id, sum(leg.amount) as points from ledger.txn join ledger.leg on leg.txn_id = txn.id
                     join ledger.account on account.id = leg.account_id and account.kind = 'redeemed'
                     where txn.source_type = 'order' and txn.kind = 'burn' group by 1) b on b.order_id = r.order_id
          where r.points is distinct from b.points or r.at_price is not true`,
  },
  {
    name: "LOY-9 a lot keeps the policy it was earned by",
    description: "A lot of points that names a policy without an end has none, and one that names a policy with days expires after them",
    sql: `select lot.id::text as example from ledger.lot join ledger.account on account.id = lot.account_id
          join loyalty.expiry_policy p on account.unit = 'points:' || p.program_id and p.version = lot.policy
          where (p.days is null) <> (lot.expires_at is null)
             or lot.expires_at not between lot.earned_at + make_interval(days => p.days) and lot.earned_at + make_interval(days => p.days + 2)`,
  },
  {
    name: "LOY-10 evening balances are what was booked by then",
    description: "The newest evening balance of a record is the sum of its movements through that day",
    sql: `select d.record_id::text as example
          from (select distinct on (record_id) record_id, business_date, balance from loyalty.balance_day order by record_id, business_date desc) d,
               lateral (select sum(m.amount) as balance, max(m.at) as newest from ledger.read_movement m
                        where m.record_id = d.record_id and m.unit like 'points:%' and m.business_date <= d.business_date) m
          where d.balance <> m.balance and m.newest < now() - interval '3 hours'`,
  },
  {
    name: "LOY-11 a grant of staff is booked",
    description: "Every grant has credited its points once, and every credited grant says who gave it",
    sql: `select coalesce(g.id, t.source_id)::text as example from loyalty.points_grant g
          full join (select txn.source_id, sum(leg.amount) as points from ledger.txn join ledger.leg on leg.txn_id = txn.id
                     join ledger.account on account.id = leg.account_id and account.kind = 'member_available'
                     where txn.source_type = 'grant' group by 1) t on t.source_id = g.id
          where g.points is distinct from t.points`,
  },
];
