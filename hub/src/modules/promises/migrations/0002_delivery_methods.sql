-- The ways in which a legal entity ships, to which countries, for how much and how long. Locks: none, the table is new.
create table promises.delivery_method (
  id          uuid primary key,
  entity_id   uuid not null,
  name        jsonb not null,                                          -- LocalizedText
  price       bigint not null check (price >= 0),                      -- minor units, with the tax inside
  currency    text not null check (currency ~ '^[A-Z]{3}$'),
  tax_class   text not null,
  free_from   bigint check (free_from > 0),                            -- goods worth this much are shipped for nothing
  countries   text[] not null check (cardinality(countries) > 0),
  lead_days   integer not null check (lead_days between 0 and 60),     -- working days
  position    integer not null default 0,
  is_active   boolean not null default true
);
