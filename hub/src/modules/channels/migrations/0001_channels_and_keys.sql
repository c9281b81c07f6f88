-- Channels and their keys. Locks: none, everything is new.
create table channels.channel (
  id               uuid primary key,
  kind             text not null,
  name             text not null,
  code             text not null unique,
  entity_id        uuid not null,
  place_id         uuid,
  link_level       text not null default 'linked' check (link_level = 'linked'),
  vouches          boolean not null default false,
  allowed_origins  text[] not null default '{}',
  app              text check (app in ('shop', 'office')),     -- the app of the hub that this channel is; a till's follows from its place
  created_at       timestamptz not null default now()
);
create unique index channel_of_app on channels.channel (app) where app is not null;

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
