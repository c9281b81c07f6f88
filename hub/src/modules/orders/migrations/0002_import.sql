-- History that a retailer brings along, many orders in one statement. Locks: none, only a function is made.

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
