-- What making one piece of a product was measured to take at a place [QUE-4], learned anew every night. Locks: none that matter, the table is new.
create table promises.learned_time (
  place_id    uuid not null,
  product_id  uuid not null,
  seconds     integer not null check (seconds > 0),
  samples     integer not null check (samples > 0),
  learned_at  timestamptz not null,
  primary key (place_id, product_id)
);
