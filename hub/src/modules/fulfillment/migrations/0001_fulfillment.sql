-- What a place has to prepare, hand over or ship. Locks: none that matter, the tables are new.
create table fulfillment.fulfillment (
  id             uuid primary key,
  order_id       uuid not null,
  order_number   text not null,
  kind           text not null check (kind in ('take_away', 'collect', 'ship')),
  state          text not null check (state in ('planned', 'assigned', 'accepted', 'in_preparation', 'packed', 'ready', 'dispatched', 'delivered',
    'collected', 'not_collected', 'rejected', 'canceled')),
  record_id      uuid,
  entity_id      uuid not null,
  place_id       uuid not null,
  channel_id     uuid not null,
  business_date  date not null,
  time_zone      text not null,
  dining         text not null default 'take_away' check (dining in ('eat_in', 'take_away')),
  due_at         timestamptz,                -- when the customer wants it
  slot_until     timestamptz,                -- the slot in which it is due lasts from due_at until then
  promised_at    timestamptz,                -- when the place said it is ready
  awaits_on      date,                       -- it waits for goods that are to come on this day of its place; null: they are there [FUL-51]
  collect_until  timestamptz,                -- until when what is ready waits [FUL-9]
  reminded       boolean not null default false,  -- once, before what waits does not any more [FUL-12]
  overdue_told   boolean not null default false,
  delayed_at     timestamptz,                -- since when no slot has room for it, so that it will be late [PRM-17]; null: it is kept, or was moved
  shelf          text,                       -- where it stands at the place
  version        integer not null default 1,
  placed_at      timestamptz not null,
  code_mac       bytea,                      -- keyed hash of the collection code; null: handed over at once
  code_sealed    text,                       -- the code itself, sealed, to be shown to its customer only
  done_at        timestamptz
) with (fillfactor = 70);
create index fulfillment_of_order on fulfillment.fulfillment (order_id);
create index fulfillment_to_do on fulfillment.fulfillment (place_id, placed_at) where done_at is null;
create index fulfillment_done on fulfillment.fulfillment (place_id, done_at desc) where done_at is not null;
create index fulfillment_waiting on fulfillment.fulfillment (collect_until) where state = 'ready' and not overdue_told;
create index fulfillment_to_remind on fulfillment.fulfillment (collect_until) where state = 'ready' and not reminded;
-- Holds only what waits with a code, so a sale at the till pays nothing for it.
create index fulfillment_fetched on fulfillment.fulfillment (place_id, done_at) where code_mac is not null and done_at is not null;
create index fulfillment_awaits on fulfillment.fulfillment (awaits_on) where awaits_on is not null and done_at is null;
create index fulfillment_delayed on fulfillment.fulfillment (delayed_at) where delayed_at is not null and done_at is null;
create index fulfillment_of_record on fulfillment.fulfillment (record_id) where record_id is not null;
-- A code opens one thing at a place [FUL-2]; it may be used again once that is done.
create unique index fulfillment_code on fulfillment.fulfillment (place_id, code_mac) where done_at is null and code_mac is not null;

create table fulfillment.fulfillment_line (
  fulfillment_id  uuid not null references fulfillment.fulfillment,
  order_line_id   uuid not null,
  quantity        integer not null check (quantity > 0),
  primary key (fulfillment_id, order_line_id)
);

-- Units that a place could not serve or that a customer did not take at the counter, with the reason, and where they went: null, they were
-- given up.
create table fulfillment.refused_line (
  id              uuid primary key,
  fulfillment_id  uuid not null references fulfillment.fulfillment,
  order_line_id   uuid not null,
  quantity        integer not null check (quantity > 0),
  reason          text not null check (reason in ('out_of_stock', 'damaged', 'cannot_find', 'too_much_to_do', 'other', 'not_wanted')),
  moved_to        uuid references fulfillment.fulfillment,
  at              timestamptz not null,
  staff_id        uuid
);
create index refused_line_of on fulfillment.refused_line (fulfillment_id);

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
-- No sale at the till is made ready, so it pays nothing for this one either.
create index step_made_ready on fulfillment.step (place_id, at) where state = 'ready';

-- Wrong codes at a place, so that six digits cannot be tried through.
create table fulfillment.code_try (
  place_id  uuid not null,
  actor     text not null,
  at        timestamptz not null
);
create index code_try_recent on fulfillment.code_try (place_id, actor, at);

-- Where a shipment goes and by what. The address goes at an erasure, and when nobody can ask for the parcel any more.
create table fulfillment.shipment (
  fulfillment_id  uuid primary key references fulfillment.fulfillment,
  record_id       uuid,
  method_id       uuid not null,
  method_name     jsonb not null,             -- as it was called when it was ordered
  country         text not null,
  address         jsonb,                      -- { name, line1, line2, postcode, city, country }
  ship_by         timestamptz                 -- when it has to leave so that the promise holds
);
create index shipment_of_record on fulfillment.shipment (record_id) where address is not null;

-- Parcels that left. A further one never takes the number of the first away.
create table fulfillment.parcel (
  id               uuid primary key,
  fulfillment_id   uuid not null references fulfillment.fulfillment,
  carrier          text not null,
  tracking_number  text not null,
  tracking_url     text,
  at               timestamptz not null,
  staff_id         uuid,
  unique (fulfillment_id, carrier, tracking_number)
);

-- A hand-over whose card must be asked outside: kept, so that a late answer or a restart goes on from here.
create table fulfillment.hand_over_attempt (
  id              uuid primary key,
  fulfillment_id  uuid not null references fulfillment.fulfillment,
  order_id        uuid not null,
  state           text not null default 'charging' check (state in ('charging', 'handed_over', 'failed')),
  intent_ids      uuid[] not null,
  tenders         jsonb not null,             -- how what is due is paid, without any token
  proof           text not null,
  units           jsonb not null default '[]',  -- of which lines, empty for all of them
  by_collector    boolean not null default false,
  actor           jsonb not null,             -- who hands over, on which channel and where
  request         jsonb,                      -- the idempotency key that waits for the answer
  error           jsonb,                      -- why it failed
  created_at      timestamptz not null,
  resume_after    timestamptz not null,
  ended_at        timestamptz,
  check ((state = 'charging') = (ended_at is null))
) with (fillfactor = 70);
-- One payment of an order at a time [FUL-11].
create unique index hand_over_attempt_of_order on fulfillment.hand_over_attempt (order_id) where state = 'charging';
create index hand_over_attempt_to_resume on fulfillment.hand_over_attempt (resume_after) where state = 'charging';
create index hand_over_attempt_intents on fulfillment.hand_over_attempt using gin (intent_ids);
create index hand_over_attempt_of_fulfillment on fulfillment.hand_over_attempt (fulfillment_id);
