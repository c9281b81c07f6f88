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
      "An invoice and what was left out of it are its order's total; what was given up since has one credit note of exactly that",
    sql: `select o.number as example from orders.document i join orders.orders o on o.id = i.order_id
          where i.kind = 'invoice' and i.total + (select coalesce(sum(total), 0) from orders.reduction where order_id = o.id and document_id = i.id) <> o.total
          union all
          select c.number from orders.document c
          left join orders.reduction r on r.document_id = c.id
          where c.kind = 'credit_note' and (r.source is distinct from c.cause or r.total is distinct from c.total)`,
  },
];
