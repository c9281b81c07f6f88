-- Legal entities, the tree of groups, stores and warehouses. Locks: none, everything is new.
create table places.legal_entity (
  id         uuid primary key,
  name       text not null,
  country    text not null check (country ~ '^[A-Z]{2}$'),
  vat_id     text,
  address    jsonb,                                   -- its seat, which the law asks for on invoices: { line1, line2, postcode, city, country }
  currency   text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone  text not null
);

create table places.place_group (
  id         uuid primary key,
  parent_id  uuid references places.place_group,
  name       text not null,
  code       text not null unique,
  settings   jsonb not null default '{}',                     -- own values only; what is missing is inherited [PLA-2]
  check (parent_id <> id)
);

create table places.place (
  id          uuid primary key,
  entity_id   uuid not null references places.legal_entity,
  group_id    uuid references places.place_group,
  kind        text not null check (kind in ('store', 'warehouse', 'both')),
  name        text not null,
  code        text not null unique,
  address     jsonb not null,
  latitude    double precision not null check (latitude between -90 and 90),
  longitude   double precision not null check (longitude between -180 and 180),
  time_zone   text not null,
  day_end     integer not null default 0 check (day_end between 0 and 720),  -- minutes after midnight
  phone       text,
  hours       jsonb not null,
  services    text[] not null default '{}',
  status      text not null default 'active' check (status in ('active', 'closed')),
  settings    jsonb not null default '{}',
  search      text not null generated always as (
    platform.fold(name || ' ' || code || ' ' || coalesce(address ->> 'postcode', '') || ' ' || coalesce(address ->> 'city', '') || ' ' || coalesce(address ->> 'line1', ''))
  ) stored
);
create index place_by_position on places.place using gist (ll_to_earth(latitude, longitude)) where kind <> 'warehouse' and status = 'active';
create index place_by_text on places.place using gin (search gin_trgm_ops);
create index place_by_entity on places.place (entity_id);

-- The clock of the house, for what happens at no place: that of the legal entity which has most of its places. Published for `loyalty`.
create view places.read_house as
  select entity.time_zone from places.legal_entity entity left join places.place on place.entity_id = entity.id
   group by entity.id order by count(place.id) desc, entity.id limit 1;
comment on view places.read_house is 'not null: time_zone';

-- Places that hold goods now: stores and warehouses. Published for `tasks`.
create view places.read_active as select id from places.place where status = 'active';
comment on view places.read_active is 'not null: id';
