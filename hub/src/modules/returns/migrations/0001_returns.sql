-- Returns as history: what an imported book says came back. Locks: none that matter, the tables are new.
create table returns.return_order (
  id             uuid primary key,
  external_id    text,
  order_id       uuid,                       -- the sale it belongs to, when the source says so
  record_id      uuid,
  entity_id      uuid not null,
  place_id       uuid,
  channel_id     uuid not null,
  business_date  date not null,
  time_zone      text not null,
  at             timestamptz not null,
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  total          bigint not null check (total >= 0),      -- what went back, as a positive amount
  unique (channel_id, external_id)
);
create index return_newest on returns.return_order (at desc, id desc);
-- A return is found by what its source called it.
create index return_source_number on returns.return_order (external_id) where external_id is not null;
create index return_of_record on returns.return_order (record_id, at desc) where record_id is not null;

create table returns.return_line (
  id           uuid primary key,
  return_id    uuid not null references returns.return_order,
  position     integer not null,
  variant_id   uuid,
  sku          text not null,
  name         jsonb not null,
  quantity     integer not null check (quantity > 0),
  unit_price   jsonb not null,
  total        bigint not null check (total >= 0),
  unique (return_id, position)
);

-- Returns that a retailer brings along, many in one statement.
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
