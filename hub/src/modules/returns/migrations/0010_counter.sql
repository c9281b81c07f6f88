-- Goods that come back at a counter: a document of its own, with its number, what came back of which order line, and what went back.
-- Locks: none that matter, nothing writes these tables but the import.
create sequence returns.number start 1001;

alter table returns.return_order
  add column mode            text not null default 'imported' check (mode in ('live', 'imported')),
  add column number          text unique,                      -- ours; an imported one has its source's
  add column order_number    text,
  add column tax             bigint not null default 0 check (tax >= 0),
  add column taxes           jsonb not null default '[]',      -- what went back by rate
  add column refunds         jsonb not null default '[]',      -- to which kinds of tender how much went back
  add column points_taken    bigint not null default 0 check (points_taken >= 0),
  add column points_given    bigint not null default 0 check (points_given >= 0),
  add column proof           text,                             -- what was shown, where something had to be
  add column receipt_number  text,
  add column staff_id        uuid,
  add column staff_name      text,
  add constraint "RET-4 a return at a counter names its order" check (mode = 'imported' or (order_id is not null and number is not null and place_id is not null));
create index return_of_order on returns.return_order (order_id) where order_id is not null;

alter table returns.return_line
  add column order_line_id  uuid,
  add column kind           text not null default 'goods' check (kind in ('goods', 'delivery')),
  add column options        jsonb not null default '[]',
  add column unit           text not null default 'piece' check (unit in ('piece', 'gram')),
  add column reason         text,
  add column disposition    text check (disposition in ('restock', 'quarantine', 'write_off')),
  add column tax            bigint not null default 0 check (tax >= 0),
  add column tax_rate       jsonb;
create index return_line_of_order_line on returns.return_line (order_line_id) where order_line_id is not null;

-- Writes a return at a counter with its lines, and answers its number. It is one per id, which its till or request made [RET-5].
create function returns.take(p_return json, p_lines json) returns text language plpgsql as $$
declare return_number text := 'R-' || nextval('returns.number');
begin
  insert into returns.return_order (id, mode, number, order_id, order_number, record_id, entity_id, place_id, channel_id, business_date, time_zone, at, currency,
    total, tax, taxes, refunds, proof, staff_id, staff_name)
  select r.id, 'live', return_number, r.order_id, r.order_number, r.record_id, r.entity_id, r.place_id, r.channel_id, r.business_date, r.time_zone, r.at, r.currency,
    r.total, r.tax, r.taxes, r.refunds, r.proof, r.staff_id, r.staff_name
  from json_to_record(p_return) as r(id uuid, order_id uuid, order_number text, record_id uuid, entity_id uuid, place_id uuid, channel_id uuid, business_date date,
    time_zone text, at timestamptz, currency text, total bigint, tax bigint, taxes jsonb, refunds jsonb, proof text, staff_id uuid, staff_name text);
  insert into returns.return_line (id, return_id, position, order_line_id, kind, variant_id, sku, name, options, unit, quantity, unit_price, total, tax, tax_rate,
    reason, disposition)
  select l.id, l.return_id, l.position, l.order_line_id, l.kind, l.variant_id, l.sku, l.name, l.options, l.unit, l.quantity, l.unit_price, l.total, l.tax, l.tax_rate,
    l.reason, l.disposition
  from json_to_recordset(p_lines) as l(id uuid, return_id uuid, position integer, order_line_id uuid, kind text, variant_id uuid, sku text, name jsonb, options jsonb,
    unit text, quantity integer, unit_price jsonb, total bigint, tax bigint, tax_rate jsonb, reason text, disposition text);
  return return_number;
end $$;
