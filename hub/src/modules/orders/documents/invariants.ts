import type { Invariant } from "../../../platform/index.ts";

export const documentInvariants: readonly Invariant[] = [
  {
    name: "DOC-1 legal numbers have no gap and no double",
    description: "Each series has the numbers from 1 to its last, once each",
    sql: `select coalesce(s.country, d.country) || ' ' || coalesce(s.kind, d.kind) || ' ' || coalesce(s.year, d.year) as example
          from orders.number_series s
          full join (select entity_id, country, kind, year, count(*) as count, count(distinct sequence) as distinct_count, min(sequence) as first, max(sequence) as last
                       from orders.document group by entity_id, country, kind, year) d
            on d.entity_id = s.entity_id and d.country = s.country and d.kind = s.kind and d.year = s.year
          where s.last is distinct from d.last or d.first <> 1 or d.count <> d.last or d.distinct_count <> d.count`,
  },
  {
    name: "DOC-4 a document is the sum of its lines",
    description: "Total and tax equal those of its lines and of its shares by rate",
    sql: `select d.number as example from orders.document d
          join lateral (select sum((l ->> 'total')::bigint) as total, sum((l ->> 'tax')::bigint) as tax from jsonb_array_elements(d.data -> 'lines') l) lines on true
          join lateral (select sum((t ->> 'gross')::bigint) as total, sum((t ->> 'tax')::bigint) as tax from jsonb_array_elements(d.data -> 'taxes') t) rates on true
          where d.total <> lines.total or d.tax <> lines.tax or d.total <> rates.total or d.tax <> rates.tax`,
  },
  {
    name: "DOC-5 documents say what the book says",
    description:
      "An invoice and what was left out of it are the lines that it says; what was given up since has one credit note of exactly that",
    sql: `select o.number as example from orders.document i join orders.orders o on o.id = i.order_id
          where i.kind = 'invoice' and i.total + (select coalesce(sum(total), 0) from orders.reduction where order_id = o.id and document_id = i.id)
            <> (select coalesce(sum(l.total), 0) from orders.order_line l where l.order_id = o.id and (l.change_id is null and i.cause = 'order'
                  or l.change_id in (select a.change_id from orders.addition a where a.order_id = o.id and a.document_id = i.id)))
          union all
          select c.number from orders.document c
          left join orders.reduction r on r.document_id = c.id
          where c.kind = 'credit_note' and (r.source is distinct from c.cause or r.total is distinct from c.total)`,
  },
  {
    name: "DOC-15 an invoice that was asked for is there",
    description: "What was asked more than ten minutes ago of a sale that is paid has its invoice",
    sql: `select o.number as example from orders.asked_invoice q join orders.orders o on o.id = q.order_id
          where q.asked_at < now() - interval '10 minutes' and o.paid > 0 and o.paid - o.refunded >= o.total - o.canceled_amount - o.returned_amount
            and o.total > o.canceled_amount
            and not exists (select from orders.document d where d.order_id = o.id and d.kind = 'invoice')`,
  },
  {
    name: "DOC-11 an invoice of a month is the sum of its orders",
    description:
      "It says the lines of the orders that stand on it, without what was canceled before, and every order on account stands on one at most",
    sql: `select d.number as example from orders.document d
          where d.company_id is not null and d.total + (select coalesce(sum(total), 0) from orders.reduction where document_id = d.id)
            <> (select coalesce(sum(l.total), 0) from orders.account_order a join orders.order_line l on l.order_id = a.order_id
                where a.document_id = d.id and (l.change_id is null or exists (
                  select from orders.addition x where x.change_id = l.change_id and x.document_id = d.id)))`,
  },
  {
    name: "DOC-12 what companies owe is what they bought less what they paid",
    description: "The ledger holds for every company and currency what its orders on account come to, less what was booked as paid",
    sql: `select coalesce(said.company_id, held.company_id)::text as example
          from (select company_id, currency, sum(amount) as owed from (
                  select company_id, currency, owed as amount from payments.read_account_tender
                  union all select company_id, currency, -amount from orders.invoice_payment where undone_at is null) moved group by 1, 2) said
          full join ledger.read_receivable held on held.company_id = said.company_id and held.unit = said.currency
          where coalesce(said.owed, 0) <> coalesce(held.owed, 0)`,
  },
];
