-- What people agreed to, how they want to be reached, and which addresses are left alone. Locks: none that matter, the tables are new.
-- Facts name the source record: what holds for a person is computed from their records' decisions, so a merge moves nothing [CNS-3].

-- Append only: each row is a decision with its proof. Erasure deletes the rows of its records, nothing else ever changes one.
create table consent.event (
  id               uuid primary key,
  record_id        uuid not null,
  purpose          text not null check (purpose in ('marketing', 'research', 'joining', 'profiling', 'location', 'measurement')),
  topic            text check (topic in ('offers', 'news', 'reminders', 'wishes', 'surveys')),       -- null: every topic
  channel_kind     text check (channel_kind in ('email', 'sms', 'push', 'phone', 'post')),          -- null: every kind
  state            text not null check (state in ('pending', 'granted', 'withdrawn')),
  basis            text not null default 'consent' check (basis in ('consent', 'legitimate_interest')),
  source           text not null check (source in ('web', 'app', 'till', 'staff', 'server', 'link', 'one_click', 'confirmation', 'import')),
  wording_version  text not null,
  language         text not null check (language in ('en', 'fr', 'de', 'ca')),
  proof            jsonb,                                 -- how it was said to whoever entered it
  answers          uuid[] not null default '{}',          -- withdrawals on other records that this yes answers
  address_macs     jsonb not null default '[]',           -- of a withdrawal: what is left of it after an erasure
  channel_id       uuid,
  place_id         uuid,
  actor_kind       text not null,
  actor_id         text,
  at               timestamptz not null,
  constraint "CNS-1 a yes names its topic and kind"
    check (state = 'withdrawn' or (topic is not null and channel_kind is not null) or purpose in ('joining', 'profiling', 'location', 'measurement')),
  constraint "CNS-11 a use has no topic" check (purpose in ('marketing', 'research') or (topic is null and channel_kind is null)),
  constraint "CNS-3 only a yes answers" check (state <> 'withdrawn' or answers = '{}')
);
create index event_of_record on consent.event (record_id, at desc, id desc);

create function consent.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a decision is never changed';
end $$;
create trigger append_only before update on consent.event for each row execute function consent.refuse_change();

-- A yes that waits to be confirmed from the mailbox itself. The token is made from the id by the installation's key; its hash is kept.
create table consent.confirmation (
  id            uuid primary key,
  token_hash    bytea not null unique,
  record_id     uuid not null,
  event_ids     uuid[] not null,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  confirmed_at  timestamptz
);
create index confirmation_of_record on consent.confirmation (record_id);
create index confirmation_age on consent.confirmation (expires_at);

-- Append only like decisions; of one kind the newest of the customer's records holds.
create table consent.preference (
  id          uuid primary key,
  record_id   uuid not null,
  kind        text not null check (kind in ('channel', 'language', 'quietHours', 'pausedUntil')),
  value       jsonb not null,                             -- null forgets
  source      text not null,
  channel_id  uuid,
  place_id    uuid,
  actor_kind  text not null,
  actor_id    text,
  at          timestamptz not null
);
create index preference_of_record on consent.preference (record_id, kind, at desc, id desc);

-- Addresses as keyed hashes: they survive an erasure, so that an address that comes back by an import is not written to [CNS-6].
create table consent.suppression (
  id            uuid primary key,
  channel_kind  text not null check (channel_kind in ('email', 'sms', 'phone')),
  address_mac   bytea not null,
  reason        text not null check (reason in ('hard_bounce', 'complaint', 'do_not_contact', 'erased')),
  at            timestamptz not null,
  actor_kind    text not null,
  actor_id      text,
  lifted_at     timestamptz,
  lifted_by     text
);
create unique index suppression_stands on consent.suppression (channel_kind, address_mac, reason) where lifted_at is null;
create index suppression_newest on consent.suppression (at desc, id desc);

-- Links of messages to the preference page: 128 random bits, of which the hash is kept.
create table consent.link (
  token_hash    bytea primary key,
  record_id     uuid not null,
  purpose       text not null,
  topic         text,                                     -- null: it is about a use of data, which has none [CNS-9]
  channel_kind  text not null,
  channel_id    uuid,
  created_at    timestamptz not null
);
create index link_of_record on consent.link (record_id);
create index link_age on consent.link (created_at);

-- Where an entity decides otherwise than its country's custom.
create table consent.entity_rule (
  entity_id    uuid primary key,
  asks_twice   boolean not null,
  changed_at   timestamptz not null,
  changed_by   uuid
);

-- Choices that stand against being contacted: a use of data that somebody refuses is none of them. For the dry
-- run of a switch of a link level.
create view consent.read_opt_out as
  select record_id from consent.event where state = 'withdrawn' and purpose in ('marketing', 'research')
  union
  select record_id from consent.preference where kind in ('pausedUntil', 'quietHours') and value is not null;
comment on view consent.read_opt_out is 'not null: record_id';

-- What was said, for counting how many people said what.
create view consent.read_decision as select id, record_id, purpose, state, at from consent.event where state in ('granted', 'withdrawn');
comment on view consent.read_decision is 'not null: id, record_id, purpose, state, at';
