-- Whether all channels show the same: checks, what differed, and the feeds as they were made. Locks: none that matter, everything is new.
-- Ids of other modules (channel, place, product) have no foreign key: those stay inside a schema.

create table parity.run (
  id          uuid primary key,
  cause       text not null check (cause in ('nightly', 'asked', 'feed_renewed')),
  state       text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  place_id    uuid,                                       -- the only store that is looked at
  renew_of    uuid[] not null default '{}',               -- the channels whose feeds are made anew first
  asked_by    uuid,                                       -- staff
  asked_at    timestamptz not null default now(),
  started_at  timestamptz,
  beat_at     timestamptz,                                -- the last sign of life of who runs it
  ended_at    timestamptz,
  done        integer not null default 0,
  total       integer not null default 0,
  compared    bigint not null default 0,
  wrong       integer not null default 0,
  lagging     integer not null default 0,
  allowed     integer not null default 0,
  not_kept    integer not null default 0,
  check ((state in ('done', 'failed')) = (ended_at is not null))
);
create index run_by_time on parity.run (asked_at desc, id desc);
-- One runs at a time, and one more may wait: whoever asks meanwhile is answered with that one [PAR-5].
create unique index run_under_way on parity.run (state) where state in ('waiting', 'running');

-- How many differences of each kind a check found; kept with the check, for its history.
create table parity.count (
  run_id      uuid not null references parity.run on delete cascade,
  window_kind text not null,
  channel_id  uuid not null,
  attribute   text not null,
  verdict     text not null check (verdict in ('wrong', 'lagging', 'allowed')),
  n           integer not null check (n > 0),
  primary key (run_id, window_kind, channel_id, attribute, verdict)
);

-- What differed, one row each. Only those of the last check that came to its end are shown, and kept.
create table parity.difference (
  id          uuid primary key default uuidv7(),
  run_id      uuid not null references parity.run on delete cascade,
  verdict     text not null check (verdict in ('wrong', 'lagging', 'allowed')),
  window_kind text not null,
  channel_id  uuid not null,
  place_id    uuid,
  product_id  uuid,                                       -- null where it is about a store
  variant_id  uuid,
  sku         text,
  attribute   text not null,
  expected    text,
  shown       text,
  because     jsonb not null,
  since       timestamptz,                                -- the change that a lagging window does not show yet
  fix         text not null,
  fix_id      text,
  constraint "PAR-3 what lags says since when" check ((verdict = 'lagging') = (since is not null))
);
create index difference_in_order on parity.difference (run_id, (case verdict when 'wrong' then 0 when 'lagging' then 1 else 2 end), id);

-- Feeds as they were made, packed, for every node to give out: one and the same for all who ask.
create table parity.feed (
  channel_id        uuid not null,
  kind              text not null check (kind in ('products', 'inventory')),
  locale            text not null,
  made_at           timestamptz not null,
  catalog_revision  bigint not null,
  pricing_revision  bigint not null,
  digest            text not null,
  packed            bytea not null,
  primary key (channel_id, kind, locale)
);

-- The lines of feeds, read back for a check. Nothing is lost with them: a check that begins again reads them again.
create unlogged table parity.feed_line (
  channel_id  uuid not null,
  kind        text not null,
  locale      text not null,
  sku         text not null,
  store_code  text not null,
  says        jsonb not null,
  primary key (channel_id, kind, locale, sku, store_code)
);

-- When each revision of catalog and prices came, so that what lags can say since when [PAR-3].
create table parity.change (
  source    text not null check (source in ('catalog', 'pricing')),
  revision  bigint not null,
  at        timestamptz not null,
  primary key (source, revision)
);
