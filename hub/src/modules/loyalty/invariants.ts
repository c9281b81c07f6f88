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
    description:
      "A lot of points that names a policy without an end has none; one that names another expires, after the days that it says or later",
    sql: `select lot.id::text as example from ledger.lot join ledger.account on account.id = lot.account_id
          join loyalty.expiry_policy p on account.unit = 'points:' || p.program_id and p.version = lot.policy
          where (p.kind = 'never') <> (lot.expires_at is null)
             or (p.kind in ('days', 'inactivity') and lot.expires_at < lot.earned_at + make_interval(days => p.length))
             or (p.kind = 'days' and lot.expires_at > lot.earned_at + make_interval(days => p.length + 2))`,
  },
  {
    name: "LOY-13 what was earned is its rules added up",
    description: "The points of a sale are the steps of its amount and its bonuses, as the reason of the booking says",
    sql: `select txn.id::text as example from ledger.txn
          join ledger.leg on leg.txn_id = txn.id join ledger.account on account.id = leg.account_id and account.kind = 'member_available',
               lateral (select txn.because -> 'data' as data) d
          where txn.source_type = 'order' and txn.kind = 'earn' and d.data ? 'perMinorUnits'
            and leg.amount <> floor((d.data ->> 'amount')::numeric / (d.data ->> 'perMinorUnits')::numeric) * (d.data ->> 'points')::numeric
                + coalesce((select sum((b ->> 'points')::bigint) from jsonb_array_elements(d.data -> 'bonuses') b), 0)`,
  },
  {
    name: "LOY-15 a tier is what its changes say",
    description: "The tier of a record is the one that its last change brought",
    sql: `select s.record_id::text as example from loyalty.tier_standing s
          left join lateral (select c.after from loyalty.tier_change c where c.record_id = s.record_id order by c.at desc, c.id desc limit 1) last on true
          where last.after is distinct from s.tier`,
  },
  {
    name: "LOY-16 points wait after they were earned",
    description: "A lot that can be used later than it was earned can be used before it expires or not at all, never before it was earned",
    sql: `select id::text as example from ledger.lot where usable_at < earned_at`,
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
  {
    name: "LOY-26 points that pay are booked",
    description: "Every tender in points has taken its points out of the ledger, and every tender of an order in points is kept with them",
    sql: `select coalesce(t.id, p.tender_id)::text as example from loyalty.points_tender p
          full join (select id, amount from payments.tender where kind = 'points') t on t.id = p.tender_id
          left join lateral (select coalesce(sum(leg.amount), 0) as points from ledger.txn join ledger.leg on leg.txn_id = txn.id
                             join ledger.account on account.id = leg.account_id and account.kind = 'redeemed'
                             where txn.source_type = 'tender' and txn.source_id = p.tender_id and txn.kind = 'spend') spent on true
          where t.amount is distinct from p.amount or spent.points is distinct from p.points`,
  },
  {
    name: "LOY-27 who is thanked for a friend is booked",
    description: "The friend of a referral that was thanked for got points once, and of no other anybody did",
    sql: `select coalesce(r.id, t.source_id)::text as example from loyalty.referral r
          full join (select source_id, count(*) filter (where kind = 'refer_friend') as friend from ledger.txn
                     where source_type = 'referral' and kind like 'refer\\_%' group by 1) t on t.source_id = r.id
          where (r.state in ('thanked', 'reversed')) is distinct from (t.friend = 1) and not (r.state in ('waiting', 'refused') and t.source_id is null)`,
  },
  {
    name: "LOY-28 what was given arrived",
    description: "The points of a transfer left one member's account and came to another's",
    sql: `select coalesce(x.id, t.source_id)::text as example from loyalty.transfer x
          full join (select txn.source_id, sum(leg.amount) filter (where leg.amount > 0) as came, -sum(leg.amount) filter (where leg.amount < 0) as went
                       from ledger.txn join ledger.leg on leg.txn_id = txn.id where txn.source_type = 'transfer' and txn.kind = 'transfer' group by 1) t
            on t.source_id = x.id
          where t.came is distinct from x.points or t.went is distinct from x.points`,
  },
  {
    name: "LOY-29 a shared purse has an owner",
    description: "Of those who share a purse one owns it, and may spend from it",
    sql: `select pool_id::text as example from loyalty.pool_member where left_at is null
          group by pool_id having count(*) filter (where is_owner and may_spend) <> 1`,
  },
  {
    name: "LOY-42 purchases at partners are booked",
    description: "The points of every purchase at a partner were credited once, and whatever was credited so is one",
    sql: `select coalesce(e.id, t.source_id)::text as example from loyalty.partner_earning e
          full join (select txn.source_id, sum(leg.amount) as points from ledger.txn join ledger.leg on leg.txn_id = txn.id
                     join ledger.account on account.id = leg.account_id and account.kind = 'member_available'
                     where txn.source_type = 'partner_earning' and txn.kind = 'partner_earn' group by 1) t on t.source_id = e.id
          where e.points is distinct from coalesce(t.points, 0)`,
  },
  {
    name: "LOY-43 partners owe for what stays",
    description:
      "What a partner owes is the charge of the points that its purchases keep, by the terms of each, less what points paid there and what it paid",
    sql: `select p.id::text as example from loyalty.partner p
          left join lateral (select coalesce(sum(leg.amount), 0) as due from ledger.account join ledger.leg on leg.account_id = account.id
                             where account.partner_id = p.id) books on true
          left join lateral (select coalesce(sum(round(least(t.most, e.left_amount / t.per_minor_units * t.points)::numeric * t.charge / 100)), 0) as charged
                             from loyalty.partner_earning e join loyalty.partner_terms t on t.partner_id = e.partner_id and t.version = e.terms_version
                             where e.partner_id = p.id) c on true
          left join lateral (select coalesce(sum(amount), 0) as paid from loyalty.partner_payment where partner_id = p.id) m on true
          left join lateral (select coalesce(sum(b.left_points * t.pays / 100), 0) as redeemed from loyalty.partner_burning b
                             join loyalty.partner_terms t on t.partner_id = b.partner_id and t.version = b.terms_version
                             where b.partner_id = p.id) r on true
          where books.due <> c.charged - r.redeemed - m.paid`,
  },
  {
    name: "LOY-46 points that paid at partners are booked",
    description: "What stays paid at a partner is what the ledger spent for it, less what went back",
    sql: `select coalesce(b.id, t.source_id)::text as example from loyalty.partner_burning b
          full join (select txn.source_id, sum(leg.amount) as points from ledger.txn join ledger.leg on leg.txn_id = txn.id
                     join ledger.account on account.id = leg.account_id and account.kind = 'redeemed'
                     where txn.source_type = 'partner_burning' group by 1) t on t.source_id = b.id
          where b.left_points is distinct from coalesce(t.points, 0)`,
  },
];
