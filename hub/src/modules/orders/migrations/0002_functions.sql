-- What `checkout`, `fulfillment` and `returns` compose. Locks: none, only functions are made.

-- Writes an order with its lines, contributions and contact, and publishes `order.placed.v1`. Answers its number.
create function orders.place(p_order json, p_lines json, p_contributions json, p_contact json, p_event_id uuid, p_event jsonb) returns text
language plpgsql as $$
declare order_id uuid; order_number text := 'W-' || nextval('orders.number');
begin
  insert into orders.orders (id, number, cart_id, mode, external_id, record_id, entity_id, place_id, channel_id, business_date, time_zone,
    placed_at, currency, subtotal, discount, tax, tax_included, total, taxes, source_total, because, paid, due, points_earned,
    units_ordered, units_canceled, units_fulfilled, units_returned, note)
  select o.id, coalesce(o.number, order_number), o.cart_id, o.mode, o.external_id, o.record_id, o.entity_id, o.place_id, o.channel_id,
    o.business_date, o.time_zone, o.placed_at, o.currency, o.subtotal, o.discount, o.tax, o.tax_included, o.total, o.taxes, o.source_total,
    coalesce(o.because, '[]'), o.paid, o.due, o.points_earned, o.units_ordered, 0, o.units_fulfilled, 0, o.note
  from json_to_record(p_order) as o(id uuid, number text, cart_id uuid, mode text, external_id text, record_id uuid, entity_id uuid,
    place_id uuid, channel_id uuid, business_date date, time_zone text, placed_at timestamptz, currency text, subtotal bigint,
    discount bigint, tax bigint, tax_included boolean, total bigint, taxes jsonb, source_total bigint, because jsonb, paid bigint,
    due bigint, points_earned bigint, units_ordered integer, units_fulfilled integer, note text)
  returning id, number into order_id, order_number;

  insert into orders.order_line (id, order_id, position, variant_id, product_id, sku, name, options, unit, unit_price, ordered, allocated,
    fulfilled, subtotal, discount, net, tax, total, tax_class, tax_rate, because, kind, deposit, note, is_typed, trace)
  select l.id, order_id, l.position, l.variant_id, l.product_id, l.sku, l.name, l.options, l.unit, l.unit_price, l.ordered, l.allocated,
    l.fulfilled, l.subtotal, l.discount, l.net, l.tax, l.total, l.tax_class, l.tax_rate, l.because, coalesce(l.kind, 'goods'), l.deposit, l.note, coalesce(l.is_typed, false), l.trace
  from json_to_recordset(p_lines) as l(id uuid, position integer, variant_id uuid, product_id uuid, sku text, name jsonb, options jsonb,
    unit text, unit_price jsonb, ordered integer, allocated integer, fulfilled integer, subtotal bigint, discount bigint, net bigint,
    tax bigint, total bigint, tax_class text, tax_rate jsonb, because jsonb, kind text, deposit jsonb, note text, is_typed boolean, trace jsonb);

  insert into orders.contribution (order_id, position, step, channel_id, place_id, staff_id, staff_name, at)
  select order_id, c.position, c.step, c.channel_id, c.place_id, c.staff_id, c.staff_name, c.at
  from json_to_recordset(p_contributions) as c(position smallint, step text, channel_id uuid, place_id uuid, staff_id uuid, staff_name text, at timestamptz);

  if p_contact is not null then
    insert into orders.contact (order_id, record_id, name, email, phone)
    select order_id, c.record_id, c.name, c.email, c.phone
    from json_to_record(p_contact) as c(record_id uuid, name text, email text, phone text);
  end if;

  if p_event is not null then
    perform platform.publish(p_event_id, 'order.placed.v1', 'order/' || order_id, p_event || jsonb_build_object('number', order_number));
  end if;
  return order_number;
end $$;

-- Says what has been paid, is due and went back, what a company owes and what cards have agreed to; the payment axis follows.
create function orders.set_paid(p_order uuid, p_paid bigint, p_due bigint, p_refunded bigint, p_on_account bigint, p_authorized bigint) returns void
language sql as $$
  update orders.orders set paid = p_paid, due = p_due, refunded = p_refunded, on_account = p_on_account, authorized = p_authorized, version = version + 1
   where id = p_order
$$;

-- Whether everything that is open waits at the counter.
create function orders.set_ready(p_order uuid, p_is_ready boolean) returns void
language sql as $$
  update orders.orders set is_ready = p_is_ready, version = version + 1 where id = p_order
$$;

-- Counts units as handed over, at most what is open of each line [ORD-2].
create function orders.fulfill(p_order uuid, p_lines uuid[], p_quantities integer[]) returns void
language plpgsql as $$
begin
  perform 1 from orders.orders where id = p_order for update;
  update orders.order_line l
    set fulfilled = l.fulfilled + w.quantity, allocated = greatest(0, l.allocated - w.quantity)
    from unnest(p_lines, p_quantities) as w(id, quantity) where l.id = w.id and l.order_id = p_order;
  update orders.orders set units_fulfilled = sums.fulfilled, is_ready = false, version = version + 1
    from (select sum(fulfilled)::integer as fulfilled from orders.order_line where order_id = p_order) as sums
    where id = p_order;
end $$;

-- Cancels whatever is neither handed over nor canceled. Answers how many units that was.
create function orders.cancel_open(p_order uuid, p_reason text) returns integer
language plpgsql as $$
declare units integer;
begin
  perform 1 from orders.orders where id = p_order for update;
  select coalesce(sum(ordered - canceled - fulfilled), 0) into units from orders.order_line where order_id = p_order;
  update orders.order_line set canceled = ordered - fulfilled, allocated = 0 where order_id = p_order and ordered - canceled - fulfilled > 0;
  update orders.orders set units_canceled = units_canceled + units, is_ready = false, cancel_reason = p_reason, version = version + 1 where id = p_order;
  return units;
end $$;

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

-- A further step of the sale: who handed it over, who took the money.
create function orders.add_contribution(p_order uuid, p_step text, p_channel uuid, p_place uuid, p_staff uuid, p_staff_name text, p_at timestamptz) returns void
language sql as $$
  insert into orders.contribution (order_id, position, step, channel_id, place_id, staff_id, staff_name, at)
  select p_order, coalesce(max(position), 0) + 1, p_step, p_channel, p_place, p_staff, p_staff_name, p_at
  from orders.contribution where order_id = p_order
$$;

-- Locks an order: the lock of every command on it, before its fulfillments.
create function orders.lock(p_order uuid) returns boolean
language plpgsql as $$
begin
  perform 1 from orders.orders where id = p_order for update;
  return found;
end $$;

-- Something beside an order changed that its screens show.
create function orders.touch(p_order uuid) returns void
language sql as $$ update orders.orders set version = version + 1 where id = p_order $$;

-- History that a retailer brings along, many orders in one statement.
-- Writes imported orders with their lines; one that is known already, by its channel and external id, is left as it is.
-- Answers the ids that are new, so that tenders and returns are written for those alone. Publishes nothing: an import is history, and
-- a hundred thousand facts about last year would keep every subscriber busy for nobody.
create function orders.import(p_orders json, p_lines json) returns setof uuid language plpgsql as $$
begin
  return query
  with given as (
    select * from json_to_recordset(p_orders) as o (id uuid, external_id text, record_id uuid, entity_id uuid, place_id uuid, channel_id uuid, business_date date,
      time_zone text, placed_at timestamptz, currency text, subtotal bigint, discount bigint, tax bigint, tax_included boolean, total bigint, taxes jsonb,
      source_total bigint, because jsonb, paid bigint, refunded bigint, units_ordered integer, units_returned integer)
  ), fresh as (
    insert into orders.orders (id, number, cart_id, mode, external_id, record_id, entity_id, place_id, channel_id, business_date, time_zone, placed_at, currency,
      subtotal, discount, tax, tax_included, total, taxes, source_total, because, paid, refunded, units_ordered, units_fulfilled, units_returned)
    select g.id, 'I-' || nextval('orders.number'), null, 'imported', g.external_id, g.record_id, g.entity_id, g.place_id, g.channel_id, g.business_date, g.time_zone,
      g.placed_at, g.currency, g.subtotal, g.discount, g.tax, g.tax_included, g.total, g.taxes, g.source_total, g.because, g.paid, g.refunded,
      g.units_ordered, g.units_ordered, g.units_returned
      from given g order by g.placed_at, g.id
    on conflict (channel_id, external_id) do nothing returning id
  ), lines as (
    insert into orders.order_line (id, order_id, position, variant_id, product_id, sku, name, options, unit_price, ordered, fulfilled, returned, subtotal, discount, net, tax, total, tax_class, tax_rate, because)
    select l.id, l.order_id, l.position, l.variant_id, l.product_id, l.sku, l.name, l.options, l.unit_price, l.ordered, l.ordered, l.returned, l.subtotal, 0, l.net, l.tax, l.total, l.tax_class, l.tax_rate, '[]'
      from json_to_recordset(p_lines) as l (id uuid, order_id uuid, position integer, variant_id uuid, product_id uuid, sku text, name jsonb, options jsonb, unit_price jsonb,
        ordered integer, returned integer, subtotal bigint, net bigint, tax bigint, total bigint, tax_class text, tax_rate jsonb)
      join fresh on fresh.id = l.order_id
  )
  select fresh.id from fresh;
end $$;
