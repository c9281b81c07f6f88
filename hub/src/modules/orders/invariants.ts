import type { Invariant } from "../../platform/index.ts";
import { documentInvariants } from "./documents/invariants.ts";

export const ordersInvariants: readonly Invariant[] = [
  {
    name: "ORD-5 an order is the sum of its lines",
    description: "Total, tax, discount and subtotal equal the lines', and the rates' shares sum to the total",
    sql: `select o.number as example from orders.orders o
          join lateral (select sum(total) as total, sum(tax) as tax, sum(discount) as discount, sum(subtotal) as subtotal
                        from orders.order_line where order_id = o.id) l on true
          where o.total <> l.total or o.tax <> l.tax or o.discount <> l.discount or o.subtotal <> l.subtotal
             or (o.mode <> 'imported' and o.total <> (select coalesce(sum((t ->> 'gross')::bigint), 0) from jsonb_array_elements(o.taxes) t))`,
  },
  {
    name: "ORD-6 roll-ups equal the lines",
    description: "Units ordered, canceled, handed over and returned equal the lines'",
    sql: `select o.number as example from orders.orders o
          join lateral (select sum(ordered) as ordered, sum(canceled) as canceled, sum(fulfilled) as fulfilled, sum(returned) as returned
                        from orders.order_line where order_id = o.id) l on true
          where o.units_ordered <> l.ordered or o.units_canceled <> l.canceled or o.units_fulfilled <> l.fulfilled or o.units_returned <> l.returned`,
  },
  {
    name: "ORD-7 an order has lines",
    description: "No order is empty",
    sql: "select number as example from orders.orders o where not exists (select 1 from orders.order_line where order_id = o.id)",
  },
  {
    name: "LED-13 deposits are owed while they are out",
    description: "The books owe for each line that carries a deposit what of it neither was canceled nor came back",
    sql: `select l.order_id::text as example from orders.order_line l join orders.orders o on o.id = l.order_id
          left join ledger.read_owed_source s on s.source_type = 'order_line' and s.source_id = l.id
          where l.deposit is not null and o.mode <> 'imported'
            and coalesce(s.amount, 0) <> (l.deposit ->> 'total')::bigint * (l.ordered - l.canceled - l.returned) / l.ordered`,
  },
  {
    name: "ORD-11 versions add up",
    description: "Versions of an order are numbered without a gap, and what one added is the sum of the lines that it brought",
    sql: `select o.number as example from orders.order_change c join orders.orders o on o.id = c.order_id
          where c.added <> (select coalesce(sum(l.total), 0) from orders.order_line l where l.order_id = o.id and l.change_id = c.id)
             or c.number > 1 and not exists (select from orders.order_change b where b.order_id = o.id and b.number = c.number - 1)
             or c.removed <> (select coalesce(sum(r.total), 0) from orders.reduction r
                               where r.order_id = o.id and (r.source = 'change ' || c.id or r.source like 'change ' || c.id || ' of %'))`,
  },
  ...documentInvariants,
];
