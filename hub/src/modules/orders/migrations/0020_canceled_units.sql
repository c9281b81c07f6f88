-- Units of an order may be given up while the rest goes on: what they were worth is owed no more. Locks: the orders, while two generated
-- columns are computed again.
alter table orders.orders add column canceled_amount bigint not null default 0 check (canceled_amount >= 0);

-- What an order is to be paid in all. One that is canceled as a whole keeps its total, so that a refund shows as one [ORD-8].
create function orders.owed(total bigint, canceled_amount bigint, ordered integer, canceled integer) returns bigint
language sql immutable parallel safe as $$ select case when canceled >= ordered then total else total - canceled_amount end $$;

alter table orders.orders
  alter column payment_state set expression as
    (orders.payment_state(orders.owed(total, canceled_amount, units_ordered, units_canceled), paid, due, refunded)),
  alter column state set expression as
    (orders.order_state(orders.owed(total, canceled_amount, units_ordered, units_canceled), paid, refunded, units_ordered, units_canceled, units_fulfilled));

-- Gives up units of lines; `p_amount` of what they were worth is owed no more. The caller holds the order's lock.
create function orders.cancel_units(p_order uuid, p_lines uuid[], p_quantities integer[], p_amount bigint, p_reason text) returns void
language plpgsql as $$
begin
  perform 1 from orders.orders where id = p_order for update;
  update orders.order_line l
    set canceled = l.canceled + w.quantity, allocated = greatest(0, l.allocated - w.quantity)
    from unnest(p_lines, p_quantities) as w(id, quantity) where l.id = w.id and l.order_id = p_order;
  update orders.orders
    set units_canceled = sums.canceled, canceled_amount = canceled_amount + p_amount, cancel_reason = p_reason, version = version + 1
    from (select sum(canceled)::integer as canceled from orders.order_line where order_id = p_order) as sums
    where id = p_order;
end $$;

create or replace view orders.read_line as
  select id, order_id, position, variant_id, sku, name, options, ordered, canceled, allocated, fulfilled, returned, unit, subtotal, total, product_id
  from orders.order_line;

create or replace view orders.read_state as
  select o.id, o.number, o.record_id, o.place_id, o.channel_id, o.cart_id, o.currency, o.total, o.paid, o.due, o.refunded, o.points_earned,
         o.business_date, o.state, o.payment_state, o.fulfillment_state, contact.name as contact_name, o.canceled_amount, o.units_canceled, o.units_ordered
  from orders.orders o left join orders.contact on contact.order_id = o.id;
