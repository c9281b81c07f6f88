-- Price lists, tax rates and the customer groups that lists ask for. Locks: none that matter, everything is new.
-- Ids of other modules (variant, place, channel, record) have no foreign key: those stay inside a schema.

-- One row. Whoever changes a price raises it first, so changes come one after the other, and a completion can tell
-- whether the prices it computed with are still the ones in force.
create table pricing.revision (
  is_only   boolean primary key default true check (is_only),
  revision  bigint not null
);
insert into pricing.revision (revision) values (0);

create function pricing.current_revision() returns bigint language sql stable as $$ select revision from pricing.revision $$;

create table pricing.price_list (
  id            uuid primary key,
  name          text not null check (name <> ''),
  currency      text not null check (currency ~ '^[A-Z]{3}$'),
  tax_included  boolean not null,
  priority      integer not null default 0,
  valid_from    timestamptz,
  valid_to      timestamptz,
  prices_at     bigint not null,                            -- the revision of its latest price: nodes reload only lists that changed
  check (valid_from < valid_to)
);

-- Where a list holds [PRC-1]: every key that is present must match, any one of its values will do.
create table pricing.price_scope (
  list_id  uuid not null references pricing.price_list on delete cascade,
  key      text not null check (key in ('place', 'group', 'channel', 'customer_group')),
  value    text not null check (value <> ''),
  primary key (list_id, key, value)
);

-- The currency is the list's. A unit price keeps its digits below the minor unit: only a line total is rounded [PRC-2].
create table pricing.price (
  list_id       uuid not null references pricing.price_list on delete cascade,
  variant_id    uuid not null,
  min_quantity  integer not null check (min_quantity > 0),  -- pieces, or grams when weighed [PRC-3]
  amount        bigint not null constraint "PRC-7 no price below zero" check (amount >= 0),
  scale         smallint not null check (scale between 0 and 4),
  per_quantity  integer not null check (per_quantity > 0),
  per_unit      text not null check (per_unit in ('piece', 'gram')),
  primary key (list_id, variant_id, min_quantity)
);
create index price_variant on pricing.price (variant_id);

create table pricing.tax_class (
  code  text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  name  text not null
);

-- A rate holds for a country or for one place, from a calendar date there until the next version [PRC-8].
create table pricing.tax_rate (
  id           uuid primary key,
  country      text check (country ~ '^[A-Z]{2}$'),
  place_id     uuid,
  tax_class    text not null references pricing.tax_class,
  context      text check (context in ('eat_in', 'take_away')),  -- null: wherever it is eaten
  numerator    integer not null,
  denominator  integer not null,
  valid_from   date,                                            -- null: from the beginning
  constraint "PRC-8 a country or a place" check (num_nonnulls(country, place_id) = 1),
  constraint "PRC-7 no tax above its amount" check (denominator > 0 and numerator between 0 and denominator),
  constraint "PRC-8 one version per date" unique nulls not distinct (country, place_id, tax_class, context, valid_from)
);

-- National law on where tax is rounded, and what a legal entity does within it. A country without a row rounds once per rate, halves up.
create table pricing.rounding_policy (
  country    text not null check (country ~ '^[A-Z]{2}$'),
  entity_id  uuid,                                             -- null: all of the country
  level      text not null check (level in ('line', 'rate', 'ticket')),
  mode       text not null check (mode in ('half_up', 'half_even', 'down')),
  constraint "PRC-5 one policy each" unique nulls not distinct (country, entity_id)
);

-- Which groups with prices of their own a person is in, by the source record that brought it. A customer is in the groups of
-- all linked records, so merging and unmerging move nothing.
create table pricing.customer_group (
  record_id       uuid not null,
  customer_group  text not null check (customer_group <> ''),
  since           timestamptz not null default now(),
  primary key (record_id, customer_group)
);

-- For the reads of other modules that need a price for someone, joined by their record ids.
create view pricing.read_customer_group as select record_id, customer_group from pricing.customer_group;
