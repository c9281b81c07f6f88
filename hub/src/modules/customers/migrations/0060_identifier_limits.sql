-- What kinds of values tell about people, as data that an owner sets [IDN-6, IDN-29], and which account had a device when [IDN-31]. Locks: none
-- that matter, the tables are new.

create table customers.identifier_limit (
  kind                 text primary key check (kind in ('email', 'phone', 'card', 'payment_card', 'device')),
  scope                text not null check (scope in ('person', 'household', 'device')),
  when_proven          text not null check (when_proven in ('joins', 'asks', 'nothing')),
  when_claimed         text not null check (when_claimed in ('asks', 'nothing')),
  values_per_customer  integer not null check (values_per_customer between 1 and 1000),  -- of devices: within seven days
  customers_per_value  integer not null check (customers_per_value between 1 and 1000),  -- above that a value is set aside
  blocked              text[] not null default '{}'                                      -- values, `*` for anything
);
insert into customers.identifier_limit (kind, scope, when_proven, when_claimed, values_per_customer, customers_per_value) values
  ('email', 'person', 'joins', 'asks', 5, 20),
  ('phone', 'person', 'joins', 'asks', 5, 20),
  ('card', 'person', 'joins', 'nothing', 5, 20),
  ('payment_card', 'household', 'asks', 'nothing', 5, 2),
  ('device', 'device', 'joins', 'nothing', 5, 1);

-- How far the customers are computed again by limits that were changed. One row.
create table customers.limit_course (
  is_only      boolean primary key default true check (is_only),
  applying     boolean not null default false,
  looked_at    integer not null default 0,
  withdrawn    integer not null default 0,
  restored     integer not null default 0,
  set_aside    integer not null default 0,
  changed_at   timestamptz,
  listed       boolean not null default false          -- whether those to be looked at are written down
);
insert into customers.limit_course default values;

-- Records whose people are computed again after limits were changed [IDN-29].
create table customers.limit_touched (
  record_id uuid primary key
);

-- Links that a limit withdrew are looked at again when limits change.
create index link_withdrawn_by_limit on customers.link (a_record) where state = 'withdrawn' and starts_with(reason, 'limit_');
-- The links that rest on one value: withdrawn when it is set aside.
create index link_value on customers.link ((evidence ->> 'identifierId')) where state = 'active' and kind = 'shared_identifier';

-- The accounts that a visitor's device had one after the other. Each has a record of the device of its own, so that what one did on it is not
-- on another's timeline; the one that is bound now has the device's id.
create table customers.device_binding (
  channel_id   uuid not null,
  external_id  text not null,
  account      uuid not null references customers.source_record (id),
  record_id    uuid not null references customers.source_record (id),
  bound_from   timestamptz not null,
  bound_to     timestamptz,
  primary key (channel_id, external_id, bound_from, account)
);
create unique index device_binding_now on customers.device_binding (channel_id, external_id) where bound_to is null;
create index device_binding_record on customers.device_binding (record_id);
create index device_binding_account on customers.device_binding (account, bound_from);
