-- What customers announce that they bring or send back, before anything of it moves. Locks: none that matter, the tables are new.
create sequence returns.request_number start 1001;

create table returns.request (
  id              uuid primary key,
  number          text not null unique,
  order_id        uuid not null,
  order_number    text not null,
  record_id       uuid,
  entity_id       uuid not null,
  place_id        uuid,                        -- where a parcel goes, later where it was received; null for any store
  channel_id      uuid not null,
  business_date   date not null,
  time_zone       text not null,
  way             text not null check (way in ('store', 'parcel')),
  wish            text not null check (wish in ('money', 'exchange')),
  state           text not null check (state in ('requested', 'received', 'accepted', 'refused', 'canceled')),
  code_mac        bytea not null unique,       -- keyed hash, to find it by what is shown
  code_sealed     text,                        -- the code itself, for its customer; gone when the request ends
  is_parcel_free  boolean not null,
  return_id       uuid references returns.return_order,
  requested_at    timestamptz not null,
  version         integer not null default 1,
  constraint "RET-12 what was taken is a return" check ((state = 'accepted') = (return_id is not null))
);
create index request_of_order on returns.request (order_id);
create index request_newest on returns.request (requested_at desc, id desc);
create index request_open on returns.request (requested_at desc, id desc) where state in ('requested', 'received');
create index request_of_record on returns.request (record_id) where record_id is not null;

create table returns.request_line (
  request_id     uuid not null references returns.request,
  position       smallint not null,
  order_line_id  uuid not null,
  quantity       integer not null check (quantity > 0),
  reason         text not null,
  accepted       integer check (accepted between 0 and quantity),
  disposition    text check (disposition in ('restock', 'quarantine', 'write_off')),
  primary key (request_id, position),
  unique (request_id, order_line_id)
);

-- Every state with who, when, where and why: the history and the audit in one.
create table returns.request_step (
  request_id  uuid not null references returns.request,
  position    smallint not null,
  state       text not null check (state in ('requested', 'received', 'inspected', 'refused', 'canceled')),
  at          timestamptz not null,
  channel_id  uuid,
  place_id    uuid,
  staff_id    uuid,
  staff_name  text,
  reason      text,
  primary key (request_id, position)
);

-- Writes what is announced, its first step with it, and answers its number.
create function returns.announce(p_request json, p_lines json) returns text language plpgsql as $$
declare request_number text := 'A-' || nextval('returns.request_number');
begin
  insert into returns.request (id, number, order_id, order_number, record_id, entity_id, place_id, channel_id, business_date, time_zone, way, wish, state, code_mac,
    code_sealed, is_parcel_free, requested_at)
  select r.id, request_number, r.order_id, r.order_number, r.record_id, r.entity_id, r.place_id, r.channel_id, r.business_date, r.time_zone, r.way, r.wish, 'requested',
    decode(r.code_mac, 'hex'), r.code_sealed, r.is_parcel_free, r.requested_at
  from json_to_record(p_request) as r(id uuid, order_id uuid, order_number text, record_id uuid, entity_id uuid, place_id uuid, channel_id uuid, business_date date,
    time_zone text, way text, wish text, code_mac text, code_sealed text, is_parcel_free boolean, requested_at timestamptz);
  insert into returns.request_line (request_id, position, order_line_id, quantity, reason)
  select (p_request ->> 'id')::uuid, l.position, l.order_line_id, l.quantity, l.reason
  from json_to_recordset(p_lines) as l(position smallint, order_line_id uuid, quantity integer, reason text);
  insert into returns.request_step (request_id, position, state, at, channel_id)
  select (p_request ->> 'id')::uuid, 1, 'requested', (p_request ->> 'requested_at')::timestamptz, (p_request ->> 'channel_id')::uuid;
  return request_number;
end $$;

-- The next state of what was announced, with its step. The caller has decided under the lock of the row.
create function returns.move_request(p_id uuid, p_state text, p_step text, p_at timestamptz, p_channel uuid, p_place uuid, p_staff uuid, p_staff_name text, p_reason text,
  p_return uuid) returns void language sql as $$
  update returns.request set state = p_state, version = version + 1, place_id = coalesce(p_place, place_id), return_id = p_return,
    code_sealed = case when p_state in ('requested', 'received') then code_sealed end
  where id = p_id;
  insert into returns.request_step (request_id, position, state, at, channel_id, place_id, staff_id, staff_name, reason)
  select p_id, (select coalesce(max(position), 0) + 1 from returns.request_step where request_id = p_id), p_step, p_at, p_channel, p_place, p_staff, p_staff_name, p_reason;
$$;
