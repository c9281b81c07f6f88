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
