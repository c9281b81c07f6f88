-- Returns that a retailer brings along, many in one statement. Locks: none, only a function is made.
-- One that is known by its channel and external id stays as it is. Answers the ids that are new.
create function returns.import(p_returns json, p_lines json) returns setof uuid language sql as $$
  with fresh as (
    insert into returns.return_order (id, external_id, order_id, record_id, entity_id, place_id, channel_id, business_date, time_zone, at, currency, total)
    select id, external_id, order_id, record_id, entity_id, place_id, channel_id, business_date, time_zone, at, currency, total
      from json_to_recordset(p_returns) as r(id uuid, external_id text, order_id uuid, record_id uuid, entity_id uuid, place_id uuid, channel_id uuid,
        business_date date, time_zone text, at timestamptz, currency text, total bigint)
    on conflict (channel_id, external_id) do nothing returning id
  ), lines as (
    insert into returns.return_line (id, return_id, position, variant_id, sku, name, quantity, unit_price, total)
    select l.id, l.return_id, l.position, l.variant_id, l.sku, l.name, l.quantity, l.unit_price, l.total
      from json_to_recordset(p_lines) as l(id uuid, return_id uuid, position integer, variant_id uuid, sku text, name jsonb, quantity integer,
        unit_price jsonb, total bigint)
      join fresh on fresh.id = l.return_id
  )
  select id from fresh
$$;
