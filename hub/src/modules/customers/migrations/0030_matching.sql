-- Matching of the customers themselves: what was learned, runs over the whole file, links by likeness, and the queue of pairs to judge
-- [IDN-24 to IDN-28]. Locks: none that matter, the tables are new.

-- What the engine learned of the whole file at a time. It holds no value of a person: frequencies stand under hashes, and only of values
-- that five records or more have. One is used.
create table customers.model (
  version            integer primary key,
  state              text not null check (state in ('learned', 'used', 'replaced')),
  learned_at         timestamptz not null default now(),
  records            integer not null,
  compared           bigint not null,
  link_from          real not null,                       -- ln odds above which records join by themselves
  expected_precision real not null,
  learned            jsonb not null
);
create unique index model_used on customers.model ((true)) where state = 'used';

-- What an owner may set. One row.
create table customers.matching_setting (
  is_only       boolean primary key default true check (is_only),
  joins         boolean not null default true,            -- false: everything above the first threshold is asked of a person
  precision     real not null default 0.99 check (precision between 0.9 and 0.9999),
  review_from   real not null default 0.3 check (review_from between 0.05 and 0.9)
);
insert into customers.matching_setting default values;

-- A run over the whole file. One at a time is under way; a stopped one goes on where it was.
create table customers.match_run (
  id           uuid primary key,
  state        text not null check (state in ('running', 'stopped', 'done', 'failed')),
  phase        text not null default 'read' check (phase in ('read', 'compare', 'keys', 'apply')),
  done         integer not null default 0,                -- of this phase
  total        integer not null default 0,
  records      integer not null default 0,
  compared     bigint not null default 0,
  linked       integer not null default 0,
  withdrawn    integer not null default 0,
  asked        integer not null default 0,
  version      integer references customers.model on delete set null,
  staff_id     uuid,
  lease_until  timestamptz,                               -- the node that works on it renews this; when it has run out, another takes over
  created_at   timestamptz not null default now(),
  ended_at     timestamptz
);
create unique index match_run_one on customers.match_run ((true)) where state in ('running', 'stopped');
create index match_run_at on customers.match_run (created_at desc);

-- Parts of the comparison that are done, so that a stopped or killed run does not do them again. Numbers of records and odds only.
create table customers.match_unit (
  run_id    uuid not null references customers.match_run on delete cascade,
  plan_hash text not null,
  unit      integer not null,
  found     bytea not null,
  primary key (run_id, plan_hash, unit)
);

-- What a run found and has not applied yet.
create table customers.match_finding (
  run_id   uuid not null references customers.match_run on delete cascade,
  seq      integer not null,
  kind     text not null check (kind in ('link', 'review', 'withdraw')),
  a_record uuid not null,
  b_record uuid not null,
  chance   real not null,
  reasons  jsonb not null default '[]',
  primary key (run_id, seq)
);

-- By what each record is brought together with others, as hashes, for the model that is used; at which version of the record.
create table customers.match_entry (
  record_id      uuid primary key references customers.source_record (id),
  record_version integer not null,
  model_version  integer not null,
  keys           bigint[] not null
) with (fillfactor = 80);
create index match_entry_keys on customers.match_entry using gin (keys) with (fastupdate = off);

-- Which of several values a profile shows, where an owner has said otherwise than usual [IDN-28]. One row; the profiles are built again
-- behind `rebuilt_to`, and null there means that all are.
create table customers.field_setting (
  is_only     boolean primary key default true check (is_only),
  rules       jsonb not null default '{}',                -- field → rules, asked one after the other
  channels    jsonb not null default '[]',                -- kinds of channel, the most believed first
  rebuilding  boolean not null default false,
  rebuilt_to  uuid
);
insert into customers.field_setting default values;
