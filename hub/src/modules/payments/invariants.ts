import type { Invariant } from "../../platform/index.ts";

export const paymentsInvariants: readonly Invariant[] = [
  {
    name: "PAY-1 an intent is what its events add up to",
    description: "The state of a payment intent equals the fold of its events",
    sql: "select id::text as example from payments.intent where state <> payments.fold(id)",
  },
  {
    name: "PAY-7 no payment hangs",
    description: "No captured payment of the last day is older than 10 minutes without an order",
    sql: `select id::text as example from payments.intent
          where state in ('captured', 'authorized') and order_id is null and updated_at < now() - interval '10 minutes'`,
  },
  {
    name: "PAY-8 a card tender is captured money",
    description:
      "The captured card tenders of an order, with the tips on them [PAY-44], are what its intents captured for it, also in parts, or came from another order [PAY-30]",
    sql: `select tender.id::text as example from payments.tender left join payments.intent on intent.id = tender.intent_id
          where tender.kind = 'card' and tender.state = 'captured' and not exists (select from payments.refund r where r.id = tender.id)
            and (intent.state is distinct from 'captured' or intent.order_id is distinct from tender.order_id
                 or (select coalesce(sum(own.amount + own.tip), 0) from payments.tender own where own.intent_id = intent.id and own.state = 'captured'
                       and not exists (select from payments.refund r where r.id = own.id))
                    <> (select coalesce(sum(amount), 0) from payments.payment_event e where e.intent_id = intent.id and e.kind = 'captured'))`,
  },
  {
    name: "PAY-33 no more is charged than a card agreed to",
    description: "What was taken of an authorization, and what still may be, is at most what the card agreed to",
    sql: `select i.id::text as example from payments.intent i
          join lateral (select max(amount) as agreed from payments.payment_event where intent_id = i.id and kind = 'authorized') a on a.agreed is not null
          where (select coalesce(sum(t.amount + t.tip), 0) from payments.tender t where t.intent_id = i.id and t.state in ('captured', 'authorized')) > a.agreed
             or (select coalesce(sum(amount), 0) from payments.payment_event where intent_id = i.id and kind = 'captured') > a.agreed`,
  },
  {
    name: "PAY-11 tenders of stored value came out of the ledger",
    description: "Every captured tender of store credit or a gift card is in the ledger, less what went back to it",
    sql: `select t.id::text as example from payments.tender t left join payments.value_tender v on v.tender_id = t.id
          left join lateral (select coalesce(sum(leg.amount), 0) as spent from ledger.txn join ledger.leg on leg.txn_id = txn.id
                             join ledger.account on account.id = leg.account_id and account.kind = 'redeemed'
                             where txn.source_type = 'tender' and txn.source_id = t.id) booked on true
          where t.kind in ('store_credit', 'gift_card')
            and (v.tender_id is null or v.amount <> t.amount
                 or booked.spent <> t.amount - coalesce((select sum(r.amount) from payments.refund r where r.tender_id = t.id and r.state <> 'failed'), 0))`,
  },
  {
    name: "PAY-12 refunds to store credit are booked",
    description: "What went to store credit instead of its tender is in the ledger, and nothing of stored value waits",
    sql: `select r.id::text as example from payments.refund r join payments.tender t on t.id = r.tender_id
          where (r.target = 'store_credit' or t.kind in ('store_credit', 'gift_card'))
            and (r.state <> 'succeeded' or (r.target = 'store_credit' and r.amount is distinct from (
                   select sum(leg.amount) from ledger.txn join ledger.leg on leg.txn_id = txn.id
                   join ledger.account on account.id = leg.account_id and account.kind = 'store_credit'
                   where txn.source_type = 'refund' and txn.source_id = r.id)))`,
  },
  {
    name: "PAY-31 what is on account is owed",
    description: "Every tender on account, and every refund of one, is in the ledger of the company that owes it",
    sql: `select t.id::text as example from payments.tender t left join payments.account_tender a on a.tender_id = t.id
          left join lateral (select sum(leg.amount) as charged from ledger.txn join ledger.leg on leg.txn_id = txn.id
                             join ledger.account on account.id = leg.account_id and account.company_id = a.company_id
                             where txn.source_type = 'tender' and txn.source_id = t.id) booked on true
          where t.kind = 'account' and (a.amount is distinct from t.amount or booked.charged is distinct from t.amount)
          union all
          select r.id::text from payments.refund r join payments.account_tender a on a.tender_id = r.tender_id
          left join lateral (select sum(leg.amount) as charged from ledger.txn join ledger.leg on leg.txn_id = txn.id
                             join ledger.account on account.id = leg.account_id and account.company_id = a.company_id
                             where txn.source_type = 'refund' and txn.source_id = r.id) booked on true
          where r.state <> 'succeeded' or r.target <> 'tender' or booked.charged is distinct from -r.amount`,
  },
  {
    name: "PAY-14 a gift card holds what was paid for it at most",
    description: "What is on a gift card is between nothing and what was paid for it and onto it",
    sql: `select card.id::text as example from payments.gift_card card join ledger.read_value v on v.card_id = card.id
          where v.balance not between 0 and card.amount + (select coalesce(sum(t.amount), 0) from payments.gift_card_top_up t where t.card_id = card.id)`,
  },
  {
    name: "PAY-60 what was paid onto a gift card is on it",
    description: "Every top-up is a movement of its card by what its line cost, and all that is left on a card ends with it",
    sql: `select t.id::text as example from payments.gift_card_top_up t join payments.gift_card card on card.id = t.card_id
          left join ledger.leg on leg.txn_id = t.id and leg.account_id = card.account_id left join orders.read_line line on line.id = t.line_id
          where leg.amount is distinct from t.amount or line.total is distinct from t.amount or line.order_id is distinct from t.order_id
          union all
          select card.id::text from payments.gift_card card join ledger.read_lot lot on lot.account_id = card.account_id
          where lot.remaining > 0 and lot.expires_at > now() and lot.expires_at is distinct from card.expires_at
            and exists (select from payments.gift_card_top_up t where t.card_id = card.id)`,
  },
  {
    name: "PAY-30 money that pays for another order left the first",
    description: "A refund that pays for another order is a tender of it with the same amount, and the same card when it was one",
    sql: `select r.id::text as example from payments.refund r join payments.tender first on first.id = r.tender_id left join payments.tender t on t.id = r.id
          where r.target = 'exchange'
            and (t.id is null or t.amount <> r.amount or t.order_id = r.order_id or t.kind <> first.kind or t.intent_id is distinct from first.intent_id)`,
  },
  {
    name: "LED-14 tips are owed to the staff",
    description: "The books owe each tip that was taken, and no more what went back",
    sql: `select t.order_id::text as example from payments.tender t left join ledger.read_owed_source s on s.source_type = 'tender' and s.source_id = t.id
          where t.tip > 0 and t.state = 'captured' and coalesce(s.amount, 0) <> t.tip
          union all
          select r.order_id::text from payments.refund r left join ledger.read_owed_source s on s.source_type = 'refund' and s.source_id = r.id
          where r.tip > 0 and r.state = 'succeeded' and coalesce(s.amount, 0) <> -r.tip`,
  },
  {
    name: "PAY-46 a tip goes back once, with an order that nobody served",
    description: "A tip that went back was given by that tender, of an order that was canceled as a whole",
    sql: `select r.order_id::text as example from payments.refund r join payments.tender t on t.id = r.tender_id
          left join orders.read_state o on o.id = r.order_id
          where r.tip > 0 and r.state <> 'failed' group by r.order_id, t.id, t.tip, o.state having sum(r.tip) > t.tip or o.state is distinct from 'canceled'`,
  },
  {
    name: "PAY-9 no more goes back than was taken",
    description: "Refunds of a tender are at most its amount",
    sql: `select tender.id::text as example from payments.tender join payments.refund on refund.tender_id = tender.id and refund.state <> 'failed'
          group by tender.id having sum(refund.amount) > tender.amount`,
  },
];
