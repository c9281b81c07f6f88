-- Goods that people keep for later. Locks: none that matter, the tables are new. Records, channels, places and variants are of other
-- modules: ids without a foreign key.
create table saved.list (
  id            uuid primary key,
  record_id     uuid not null,                                            -- whose it is; a customer has the lists of all linked records [SAV-4]
  channel_id    uuid,                                                     -- where it was begun; null: by the hub itself
  place_id      uuid,
  name          text check (name <> ''),                                  -- null: the one that the heart saves to [SAV-3]
  version       integer not null default 1,
  share_serial  integer not null default 0 check (share_serial >= 0),     -- each link that was ended makes the next one another
  share_hash    bytea unique,                                             -- of the link's token, which only the hub can make again [SAV-5]
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);
create index list_record on saved.list (record_id, created_at);
create index list_updated on saved.list (updated_at);

create table saved.item (
  list_id           uuid not null references saved.list on delete cascade,
  id                uuid not null,                                        -- that of the operation that saved it
  variant_id        uuid not null,
  options           jsonb not null default '[]',                          -- [{ group, value }], by group
  quantity          integer not null check (quantity > 0),
  added_at          timestamptz not null,
  added_channel_id  uuid,
  place_id          uuid,                                                 -- the store that was in view
  price             jsonb,                                                -- the unit price when it was saved [SAV-14]
  primary key (list_id, id),
  constraint "SAV-2 the same goods stand on a list once" unique (list_id, variant_id, options)
);
create index item_variant on saved.item (variant_id);

-- Which operations a list has had, so that one that comes again changes nothing [SAV-1].
create table saved.operation (
  list_id  uuid not null references saved.list on delete cascade,
  id       uuid not null,
  code     text,                                                          -- why it was refused; null: applied
  primary key (list_id, id)
);
