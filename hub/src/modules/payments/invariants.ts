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
    description: "Every captured card tender has an intent that captured its amount for this order",
    sql: `select tender.id::text as example from payments.tender left join payments.intent on intent.id = tender.intent_id
          where tender.kind = 'card' and tender.state = 'captured'
            and (intent.state is distinct from 'captured' or intent.amount <> tender.amount or intent.order_id is distinct from tender.order_id)`,
  },
  {
    name: "PAY-9 no more goes back than was taken",
    description: "Refunds of a tender are at most its amount",
    sql: `select tender.id::text as example from payments.tender join payments.refund on refund.tender_id = tender.id and refund.state <> 'failed'
          group by tender.id having sum(refund.amount) > tender.amount`,
  },
];
