-- What came back of an order: units per line, and what went back for them. Locks: orders.orders is written anew, because its payment axis is
-- computed; nothing runs on it yet.
alter table orders.orders add column returned_amount bigint not null default 0 check (returned_amount >= 0);

-- What went back for units that came back is owed no more, so that an order of which a part came back still shows as paid [ORD-9].
alter table orders.orders alter column payment_state set expression as (case
  when refunded > 0 and refunded >= paid then 'refunded'
  when paid - refunded >= case when units_canceled >= units_ordered then total else total - canceled_amount - returned_amount end then 'paid'
  when paid - refunded > 0 then 'partly_paid'
  when due > 0 then 'due_at_collection'
  else 'unpaid' end);

create or replace view orders.read_state as
  select o.id, o.number, o.record_id, o.place_id, o.channel_id, o.cart_id, o.currency, o.total, o.paid, o.due, o.refunded, o.points_earned,
         o.business_date, o.state, o.payment_state, o.fulfillment_state, contact.name as contact_name, o.canceled_amount, o.units_canceled, o.units_ordered,
         o.returned_amount, o.units_returned
  from orders.orders o left join orders.contact on contact.order_id = o.id;

-- Counts units as returned, at most what was handed over of each line [ORD-2]; `p_amount` went back for them. The caller holds the order's lock.
create function orders.take_back(p_order uuid, p_lines uuid[], p_quantities integer[], p_amount bigint) returns void
language plpgsql as $$
begin
  perform 1 from orders.orders where id = p_order for update;
  update orders.order_line l set returned = l.returned + w.quantity
    from (select id, sum(quantity)::integer as quantity from unnest(p_lines, p_quantities) as u(id, quantity) group by id) as w
    where l.id = w.id and l.order_id = p_order;
  update orders.orders
    set units_returned = sums.returned, returned_amount = returned_amount + p_amount, version = version + 1
    from (select sum(returned)::integer as returned from orders.order_line where order_id = p_order) as sums
    where id = p_order;
end $$;
