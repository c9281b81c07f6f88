-- Returns: what came back at a counter, a document of its own with its number, and what an imported book says came back. Locks: none that matter,
-- the tables are new.
create sequence returns.number start 1001;

create table returns.return_order (
  id             uuid primary key,
  mode           text not null default 'imported' check (mode in ('live', 'imported')),
  number         text unique,                -- ours; an imported one has its source's
  external_id    text,
  order_id       uuid,                       -- the sale it belongs to, when the source says so
  order_number   text,
  exchange_order_id  uuid,                   -- what it was exchanged for: the order that went out in the same act
  record_id      uuid,
  entity_id      uuid not null,
  place_id       uuid,
  channel_id     uuid not null,
  business_date  date not null,
  time_zone      text not null,
  at             timestamptz not null,
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  total          bigint not null check (total >= 0),      -- what went back, as a positive amount
  tax            bigint not null default 0 check (tax >= 0),
  taxes          jsonb not null default '[]',             -- what went back by rate
  refunds        jsonb not null default '[]',             -- to which kinds of tender how much went back
  points_taken   bigint not null default 0 check (points_taken >= 0),
  points_given   bigint not null default 0 check (points_given >= 0),
  proof          text,                                    -- what was shown, where something had to be; `unproven`: nothing was, and no order is known
  approved_by    uuid,                                    -- the manager who stood behind it, where somebody had to
  receipt_number text,
  staff_id       uuid,
  staff_name     text,
  unique (channel_id, external_id),
  constraint "RET-4 a return at a counter names its order, or whose goods they were" check (mode = 'imported' or (number is not null and place_id is not null
    and (proof is not distinct from 'unproven') = (order_id is null) and (order_id is not null or record_id is not null)))
);
create index return_newest on returns.return_order (at desc, id desc);
-- A return is found by what its source called it.
create index return_source_number on returns.return_order (external_id) where external_id is not null;
create index return_of_record on returns.return_order (record_id, at desc) where record_id is not null;
create index return_of_order on returns.return_order (order_id) where order_id is not null;
create unique index return_exchanged_for on returns.return_order (exchange_order_id) where exchange_order_id is not null;

create table returns.return_line (
  id           uuid primary key,
  return_id    uuid not null references returns.return_order,
  position     integer not null,
  order_line_id  uuid,
  kind         text not null default 'goods' check (kind in ('goods', 'delivery')),
  variant_id   uuid,
  sku          text not null,
  name         jsonb not null,
  options      jsonb not null default '[]',
  unit         text not null default 'piece' check (unit in ('piece', 'gram')),
  quantity     integer not null check (quantity > 0),
  unit_price   jsonb not null,
  total        bigint not null check (total >= 0),
  tax          bigint not null default 0 check (tax >= 0),
  tax_rate     jsonb,
  reason       text,
  disposition  text check (disposition in ('restock', 'quarantine', 'write_off')),
  unique (return_id, position)
);
create index return_line_of_order_line on returns.return_line (order_line_id) where order_line_id is not null;

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

-- Writes a return at a counter with its lines, and answers its number. It is one per id, which its till or request made [RET-5].
create function returns.take(p_return json, p_lines json) returns text language plpgsql as $$
declare return_number text := 'R-' || nextval('returns.number');
begin
  insert into returns.return_order (id, mode, number, order_id, order_number, record_id, entity_id, place_id, channel_id, business_date, time_zone, at, currency,
    total, tax, taxes, refunds, proof, approved_by, staff_id, staff_name)
  select r.id, 'live', return_number, r.order_id, r.order_number, r.record_id, r.entity_id, r.place_id, r.channel_id, r.business_date, r.time_zone, r.at, r.currency,
    r.total, r.tax, r.taxes, r.refunds, r.proof, r.approved_by, r.staff_id, r.staff_name
  from json_to_record(p_return) as r(id uuid, order_id uuid, order_number text, record_id uuid, entity_id uuid, place_id uuid, channel_id uuid, business_date date,
    time_zone text, at timestamptz, currency text, total bigint, tax bigint, taxes jsonb, refunds jsonb, proof text, approved_by uuid, staff_id uuid, staff_name text);
  insert into returns.return_line (id, return_id, position, order_line_id, kind, variant_id, sku, name, options, unit, quantity, unit_price, total, tax, tax_rate,
    reason, disposition)
  select l.id, l.return_id, l.position, l.order_line_id, l.kind, l.variant_id, l.sku, l.name, l.options, l.unit, l.quantity, l.unit_price, l.total, l.tax, l.tax_rate,
    l.reason, l.disposition
  from json_to_recordset(p_lines) as l(id uuid, return_id uuid, position integer, order_line_id uuid, kind text, variant_id uuid, sku text, name jsonb, options jsonb,
    unit text, quantity integer, unit_price jsonb, total bigint, tax bigint, tax_rate jsonb, reason text, disposition text);
  return return_number;
end $$;
