-- What a place has to prepare and hand over. Locks: none that matter, the tables are new.
create table fulfillment.fulfillment (
  id             uuid primary key,
  order_id       uuid not null,
  order_number   text not null,
  kind           text not null check (kind in ('take_away', 'collect')),
  state          text not null check (state in ('planned', 'assigned', 'accepted', 'in_preparation', 'packed', 'ready', 'collected', 'rejected', 'canceled')),
  record_id      uuid,
  entity_id      uuid not null,
  place_id       uuid not null,
  channel_id     uuid not null,
  business_date  date not null,
  time_zone      text not null,
  dining         text not null default 'take_away' check (dining in ('eat_in', 'take_away')),
  due_at         timestamptz,                -- when the customer wants it
  promised_at    timestamptz,                -- when the place said it is ready
  version        integer not null default 1,
  placed_at      timestamptz not null,
  code_mac       bytea,                      -- keyed hash of the collection code; null: handed over at once
  code_sealed    text,                       -- the code itself, sealed, to be shown to its customer only
  done_at        timestamptz
) with (fillfactor = 70);
create index fulfillment_of_order on fulfillment.fulfillment (order_id);
create index fulfillment_to_do on fulfillment.fulfillment (place_id, placed_at) where done_at is null;
create index fulfillment_done on fulfillment.fulfillment (place_id, done_at desc) where done_at is not null;
create index fulfillment_of_record on fulfillment.fulfillment (record_id) where record_id is not null;
-- A code opens one thing at a place [FUL-2]; it may be used again once that is done.
create unique index fulfillment_code on fulfillment.fulfillment (place_id, code_mac) where done_at is null and code_mac is not null;

create table fulfillment.fulfillment_line (
  fulfillment_id  uuid not null references fulfillment.fulfillment,
  order_line_id   uuid not null,
  quantity        integer not null check (quantity > 0),
  primary key (fulfillment_id, order_line_id)
);

-- Every state with who, when, where and why: the history and the audit in one.
create table fulfillment.step (
  fulfillment_id  uuid not null references fulfillment.fulfillment,
  position        smallint not null,
  state           text not null,
  at              timestamptz not null,
  channel_id      uuid,
  place_id        uuid,
  staff_id        uuid,
  staff_name      text,
  reason          text,
  proof           text check (proof in ('code', 'member_card', 'order_number')),
  primary key (fulfillment_id, position)
);
create index step_of_place on fulfillment.step (place_id, at desc);

-- Wrong codes at a place, so that six digits cannot be tried through.
create table fulfillment.code_try (
  place_id  uuid not null,
  actor     text not null,
  at        timestamptz not null
);
create index code_try_recent on fulfillment.code_try (place_id, actor, at);

-- Plans one fulfillment with its lines. Of the codes offered it takes the first that opens nothing else at the place [FUL-2].
-- Answers the position (from 1) of the code taken, 0 when none was offered; when all are taken the command is tried again with others.
create function fulfillment.plan(p_fulfillment json, p_number text, p_lines uuid[], p_quantities integer[],
                                 p_macs bytea[], p_sealed text[], p_steps json) returns integer
language plpgsql as $$
declare f record; chosen integer := 0; candidate integer;
begin
  select * into f from json_to_record(p_fulfillment) as f(id uuid, order_id uuid, kind text, state text, record_id uuid, entity_id uuid,
    place_id uuid, channel_id uuid, business_date date, time_zone text, dining text, due_at timestamptz, promised_at timestamptz,
    placed_at timestamptz, done_at timestamptz);
  if cardinality(p_macs) = 0 then
    insert into fulfillment.fulfillment (id, order_id, order_number, kind, state, record_id, entity_id, place_id, channel_id, business_date,
      time_zone, dining, due_at, promised_at, placed_at, done_at)
    values (f.id, f.order_id, p_number, f.kind, f.state, f.record_id, f.entity_id, f.place_id, f.channel_id, f.business_date, f.time_zone,
      f.dining, f.due_at, f.promised_at, f.placed_at, f.done_at);
  else
    for candidate in 1 .. cardinality(p_macs) loop
      insert into fulfillment.fulfillment (id, order_id, order_number, kind, state, record_id, entity_id, place_id, channel_id, business_date,
        time_zone, dining, due_at, promised_at, placed_at, code_mac, code_sealed)
      values (f.id, f.order_id, p_number, f.kind, f.state, f.record_id, f.entity_id, f.place_id, f.channel_id, f.business_date, f.time_zone,
        f.dining, f.due_at, f.promised_at, f.placed_at, p_macs[candidate], p_sealed[candidate])
      on conflict (place_id, code_mac) where done_at is null and code_mac is not null do nothing;
      if found then chosen := candidate; exit; end if;
    end loop;
    if chosen = 0 then raise exception 'no free collection code' using errcode = 'serialization_failure'; end if;
  end if;
  insert into fulfillment.fulfillment_line (fulfillment_id, order_line_id, quantity)
  select f.id, l.id, l.quantity from unnest(p_lines, p_quantities) as l(id, quantity);
  insert into fulfillment.step (fulfillment_id, position, state, at, channel_id, place_id, staff_id, staff_name)
  select f.id, s.position, s.state, s.at, s.channel_id, s.place_id, s.staff_id, s.staff_name
  from json_to_recordset(p_steps) as s(position smallint, state text, at timestamptz, channel_id uuid, place_id uuid, staff_id uuid, staff_name text);
  return chosen;
end $$;

-- Moves a fulfillment on, with its step [FUL-1]; false when it is in none of `p_from` any more. The caller has locked its order.
create function fulfillment.advance(p_id uuid, p_from text[], p_to text, p_at timestamptz, p_channel uuid, p_place uuid, p_staff uuid,
                                    p_staff_name text, p_reason text, p_proof text) returns boolean
language plpgsql as $$
begin
  update fulfillment.fulfillment
    set state = p_to, version = version + 1, done_at = case when p_to in ('collected', 'canceled') then p_at end,
        code_sealed = case when p_to in ('collected', 'canceled') then null else code_sealed end
    where id = p_id and state = any (p_from);
  if not found then return false; end if;
  insert into fulfillment.step (fulfillment_id, position, state, at, channel_id, place_id, staff_id, staff_name, reason, proof)
  select p_id, coalesce(max(position), 0) + 1, p_to, p_at, p_channel, p_place, p_staff, p_staff_name, p_reason, p_proof
  from fulfillment.step where fulfillment_id = p_id;
  perform orders.touch((select order_id from fulfillment.fulfillment where id = p_id));
  return true;
end $$;

-- What a place still has to hand over, for views.
create view fulfillment.read_waiting as
  select id, order_id, order_number, kind, state, record_id, place_id, placed_at from fulfillment.fulfillment where done_at is null;
