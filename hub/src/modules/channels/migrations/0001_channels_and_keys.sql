-- Channels, their link levels and their keys. Locks: none, everything is new.
create table channels.channel (
  id                  uuid primary key,
  kind                text not null,
  name                text not null,
  code                text not null unique,
  entity_id           uuid not null,
  place_id            uuid,
  link_level          text not null default 'linked' check (link_level in ('siloed', 'handover', 'linked')),
  -- Channels of a circle are linked with each other and with no channel outside of it, as those of a visitor of the tour or of a training.
  -- No app or place acts on one by itself, and lists leave them out.
  circle              uuid,
  vouches             boolean not null default false,
  allowed_origins     text[] not null default '{}',
  -- Whether visitors are asked before the browser client sends or stores anything [CHA-10]. True unless somebody decides otherwise: where it
  -- need not be asked, the retailer says so.
  asks_first          boolean not null default true,
  price_hold_minutes  integer check (price_hold_minutes between 1 and 1440),  -- how long it promises its prices; null: as the place holds
  app                 text check (app in ('shop', 'office')),  -- the app of the hub that this channel is; a till's follows from its place
  created_at          timestamptz not null default now(),
  ended_at            timestamptz                              -- one that has ended stays as what its documents name
);
create unique index channel_of_app on channels.channel (app) where app is not null;

-- Levels of their own for the places of a group [CHA-7]. A facet that is about a place may have another level where a pilot runs. The others
-- have one level per channel: a pilot of theirs is a channel of its own.
create table channels.place_level (
  channel_id  uuid not null references channels.channel,
  group_id    uuid not null,
  facet       text not null check (facet in ('cart', 'price', 'promise', 'order')),
  level       text not null check (level in ('siloed', 'handover', 'linked')),
  primary key (channel_id, group_id, facet)
);

-- The level and the circle of each channel, for modules that compute by them in SQL: whose records are one customer follows both.
create view channels.read_level as select id as channel_id, link_level as level, circle from channels.channel;
comment on view channels.read_level is 'not null: channel_id, level';

-- A publishable key is public, so it is kept readable; of a secret one only the hash and its two ends [CHA-2].
create table channels.key (
  id            uuid primary key,
  channel_id    uuid not null references channels.channel,
  kind          text not null check (kind in ('publishable', 'secret')),
  hash          bytea not null unique,
  display       text not null,
  is_demo       boolean not null default false,
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz,
  revoked_at    timestamptz
);
create index key_by_channel on channels.key (channel_id);
