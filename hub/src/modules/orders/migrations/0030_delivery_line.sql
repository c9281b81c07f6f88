-- What shipping costs is a line of the order like any other: it is paid, taxed, canceled and paid back by the same rules, and served when
-- the parcel leaves. Locks: the lines for an instant, nothing is rewritten.
alter table orders.order_line add column kind text not null default 'goods' check (kind in ('goods', 'delivery'));

-- As before, with the kind of each line: writes an order with its lines, contributions and contact, and publishes `order.placed.v1`. Answers its number.
create or replace function orders.place(p_order json, p_lines json, p_contributions json, p_contact json, p_event_id uuid, p_event jsonb) returns text
language plpgsql as $$
declare order_id uuid; order_number text := 'W-' || nextval('orders.number');
begin
  insert into orders.orders (id, number, cart_id, mode, external_id, record_id, entity_id, place_id, channel_id, business_date, time_zone,
    placed_at, currency, subtotal, discount, tax, tax_included, total, taxes, source_total, because, paid, due, points_earned,
    units_ordered, units_canceled, units_fulfilled, units_returned)
  select o.id, coalesce(o.number, order_number), o.cart_id, o.mode, o.external_id, o.record_id, o.entity_id, o.place_id, o.channel_id,
    o.business_date, o.time_zone, o.placed_at, o.currency, o.subtotal, o.discount, o.tax, o.tax_included, o.total, o.taxes, o.source_total,
    coalesce(o.because, '[]'), o.paid, o.due, o.points_earned, o.units_ordered, 0, o.units_fulfilled, 0
  from json_to_record(p_order) as o(id uuid, number text, cart_id uuid, mode text, external_id text, record_id uuid, entity_id uuid,
    place_id uuid, channel_id uuid, business_date date, time_zone text, placed_at timestamptz, currency text, subtotal bigint,
    discount bigint, tax bigint, tax_included boolean, total bigint, taxes jsonb, source_total bigint, because jsonb, paid bigint,
    due bigint, points_earned bigint, units_ordered integer, units_fulfilled integer)
  returning id, number into order_id, order_number;

  insert into orders.order_line (id, order_id, position, variant_id, product_id, sku, name, options, unit, unit_price, ordered, allocated,
    fulfilled, subtotal, discount, net, tax, total, tax_class, tax_rate, because, kind)
  select l.id, order_id, l.position, l.variant_id, l.product_id, l.sku, l.name, l.options, l.unit, l.unit_price, l.ordered, l.allocated,
    l.fulfilled, l.subtotal, l.discount, l.net, l.tax, l.total, l.tax_class, l.tax_rate, l.because, coalesce(l.kind, 'goods')
  from json_to_recordset(p_lines) as l(id uuid, position integer, variant_id uuid, product_id uuid, sku text, name jsonb, options jsonb,
    unit text, unit_price jsonb, ordered integer, allocated integer, fulfilled integer, subtotal bigint, discount bigint, net bigint,
    tax bigint, total bigint, tax_class text, tax_rate jsonb, because jsonb, kind text);

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

create or replace view orders.read_line as
  select id, order_id, position, variant_id, sku, name, options, ordered, canceled, allocated, fulfilled, returned, unit, subtotal, total, product_id, kind
  from orders.order_line;
