-- What lives of the computed customers, and switches of link levels [IDN-17, IDN-18]. Locks: none that matter, views are made and the tables are new.

-- The customer of each record that hangs together with others; who is not here is a customer by itself. For many records at once: a call of
-- `customer_of` starts a statement of its own for each.
create view customers.read_joined as
  select rc.record_id, rc.customer_id from customers.record_customer rc
   where rc.generation <= (select living from customers.generation) and rc.until > (select living from customers.generation);
comment on view customers.read_joined is 'not null: record_id, customer_id';

-- The fields of the profiles as they live now.
create view customers.living_field as
  select f.customer_id, f.field, f.value, f.from_record, f.rule, f.at
    from customers.profile_field f
   where f.generation <= (select living from customers.generation) and f.until > (select living from customers.generation);

-- A switch of a channel's link level, small or large.
create table customers.level_change (
  id           uuid primary key,
  channel_id   uuid not null,
  from_level   text not null check (from_level in ('siloed', 'handover', 'linked')),
  to_level     text not null check (to_level in ('siloed', 'handover', 'linked')),
  state        text not null check (state in ('building', 'turned', 'done', 'canceled')),
  generation   integer,                                -- the one that it builds; null when it was small enough for one transaction
  progress     uuid,                                   -- the last record whose customer is built
  total        integer not null,                       -- records that hang together with others of another channel
  built        integer not null default 0,
  actor_kind   text not null,
  staff_id     uuid,
  reason       text,
  created_at   timestamptz not null default now(),
  turned_at    timestamptz,
  finished_at  timestamptz
);
create index level_change_channel on customers.level_change (channel_id, created_at desc);
-- One builds at a time: the next generation is one.
create unique index level_change_building on customers.level_change ((true)) where state = 'building';

-- Records whose customer changed while a switch was built, to be built again before it turns.
create table customers.level_change_touched (
  record_id uuid primary key
);
