-- People as each channel sees them, and the links from which customers are computed [design rule 8]. Locks: none that matter, the tables are new.
-- A record is never rewritten and never moved: a change by its channel adds a version, a merge adds a link, an unmerge withdraws it.

create table customers.source_record (
  id           uuid primary key,
  channel_id   uuid not null,
  external_id  text,                                   -- the channel's own id of the person
  state        text not null default 'known' check (state in ('provisional', 'known', 'erased')),
  version      integer not null default 1,
  attributes   jsonb not null default '{}',            -- the latest of each field, as it came and normalized where a rule says so
  said_at      jsonb not null default '{}',            -- field → when the channel said it last
  created_at   timestamptz not null default now(),
  known_at     timestamptz,                            -- the age that decides whose id a customer has [IDN-4]; null while provisional
  updated_at   timestamptz not null default now(),
  notice_id    uuid,                                   -- no foreign key: a notice is never deleted, and a cart of nobody writes a record
  check (case state when 'known' then known_at is not null when 'provisional' then known_at is null else true end)
) with (fillfactor = 80);
create unique index source_record_external on customers.source_record (channel_id, external_id) where external_id is not null;

create table customers.source_record_version (
  record_id    uuid not null references customers.source_record (id),
  seq          integer not null,
  attributes   jsonb not null,
  cause        text not null,
  actor_kind   text not null,
  received_at  timestamptz not null default now(),
  primary key (record_id, seq)
);

-- One value of one kind, however many records carry it. Compared by hash, so that a lookup is sixteen bytes wide. Who has it is answered
-- from this index and that of `record_identifier` alone: among a million each row would be a page of its own from the disk. When it was seen
-- last changes in its page.
create table customers.identifier (
  id             uuid primary key,
  kind           text not null check (kind in ('email', 'phone', 'card', 'payment_card', 'external', 'device')),
  value_norm     text not null,
  value_hash     bytea not null,
  first_seen     timestamptz not null default now(),
  last_seen      timestamptz not null default now(),
  blocked_reason text,
  unique (kind, value_hash) include (id)
) with (fillfactor = 90);

create table customers.record_identifier (
  record_id     uuid not null references customers.source_record (id),
  identifier_id uuid not null references customers.identifier (id),
  evidence      text not null,
  verified_at   timestamptz,
  valid_from    timestamptz not null default now(),
  valid_to      timestamptz,
  primary key (record_id, identifier_id)
);
-- Not partial on valid_to: nearly every row has none, and before the first analyze the planner would walk such an index whole.
create index record_identifier_value on customers.record_identifier (identifier_id) include (record_id, valid_to);

-- The one home of an address and of its verification.
create table customers.contact_point (
  id            uuid primary key,
  record_id     uuid not null references customers.source_record (id),
  kind          text not null check (kind in ('email', 'phone')),
  address       text not null,
  identifier_id uuid not null references customers.identifier (id),
  verified_at   timestamptz,
  state         text not null default 'active' check (state in ('active', 'bounced', 'withdrawn')),
  created_at    timestamptz not null default now(),
  unique (record_id, kind, address)
);
create index contact_point_identifier on customers.contact_point (identifier_id);
-- The last digits of a phone, as a cashier hears them: a prefix of the reversed number. Whose they are stands beside it: a hundred people of a
-- million share four digits, and each was read from five places.
create index contact_point_phone_end on customers.contact_point ((reverse(address) collate "C")) include (address, record_id, state) where kind = 'phone';

-- A one-time code, sealed with the installation's secret. Events carry its id alone. Ten minutes, five tries.
create table customers.challenge (
  id           uuid primary key,
  purpose      text not null check (purpose in ('sign_in', 'confirm')),
  kind         text not null check (kind in ('email', 'phone')),
  address      text not null,
  record_id    uuid,                                   -- whom a confirmation is about; a sign-in finds or makes the record afterwards
  channel_id   uuid not null,
  sealed_code  text not null,
  attributes   jsonb not null default '{}',            -- the names given with the request
  locale       text not null default 'en',
  asker        bytea not null,                         -- keyed hash of the network address: how many codes one place asks for
  attempts     integer not null default 0,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  used_at      timestamptz
);
create index challenge_age on customers.challenge (expires_at);
create index challenge_address on customers.challenge (address, created_at desc);
create index challenge_asker on customers.challenge (asker, created_at desc);

-- A record that a till made, to be claimed on the phone by QR.
create table customers.claim (
  code_hash    bytea primary key,
  record_id    uuid not null references customers.source_record (id),
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  claimed_at   timestamptz,
  claimed_by   uuid
);
create index claim_record on customers.claim (record_id);

create table customers.link (
  id            uuid primary key,
  a_record      uuid not null references customers.source_record (id),
  b_record      uuid not null references customers.source_record (id),
  kind          text not null check (kind in ('shared_identifier', 'model', 'agent', 'customer', 'must_not_link')),
  evidence      jsonb not null default '{}',
  rule_version  integer not null default 1,
  state         text not null default 'active' check (state in ('active', 'withdrawn', 'rejected')),
  actor_kind    text not null,
  actor_id      text,
  reason        text,
  at            timestamptz not null default now(),
  withdrawn_at  timestamptz,
  check (a_record < b_record)
);
create unique index link_pair on customers.link (a_record, b_record, kind) where state = 'active';
create index link_a on customers.link (a_record);
create index link_b on customers.link (b_record);

-- The computed customer, as a row to lock: `for share` by what is one per customer, `for update` by uniting and splitting.
create table customers.customer (
  id         uuid primary key,
  created_at timestamptz not null default now(),
  state      text not null default 'active' check (state in ('active', 'erased'))
) with (fillfactor = 80);

-- Both partitions of the records. One without a row is its own person and its own customer: a provisional record costs one row.
create table customers.record_person (
  record_id  uuid not null references customers.source_record (id),
  person_id  uuid not null,
  channel_id uuid not null,
  primary key (record_id) include (person_id)
);
create index record_person_person on customers.record_person (person_id) include (record_id);
-- The channel stands beside the person, so that a switch of a link level finds the records that hang together with others of another channel and
-- no more: an index on all records would cost every cart that is opened.
create index record_person_channel on customers.record_person (channel_id, record_id);

-- A computed row is shown by the generations from `generation` up to, and without, `until`. A switch of a level writes the rows of the next
-- generation beside those that live and closes the ones they replace; turning `customers.generation` then changes all at once.
create table customers.record_customer (
  generation  integer not null,
  until       integer not null default 2147483647,
  record_id   uuid not null references customers.source_record (id),
  customer_id uuid not null,
  primary key (record_id, generation) include (customer_id, until)
);
-- Both ways are answered from the index alone.
create index record_customer_customer on customers.record_customer (customer_id) include (record_id, generation, until);
-- What a switch wrote or closed is found without reading the rest: when it is prepared again, and when the old is swept away.
create index record_customer_until on customers.record_customer (until) where until <> 2147483647;
-- The living generation: a switch of link levels builds the next beside it and turns this one row.
create table customers.generation (is_only boolean primary key default true check (is_only), living integer not null);
insert into customers.generation (living) values (1);

create table customers.customer_change (
  seq        bigint generated always as identity primary key,
  link_id    uuid,
  kind       text not null check (kind in ('united', 'split', 'erased')),
  before     jsonb not null,                           -- customer id → record ids
  after      jsonb not null,
  at         timestamptz not null default now()
);

-- Derived: which value of which record a field shows, and by which rule. Built again at any time.
create table customers.profile_field (
  customer_id uuid not null,
  field       text not null,
  value       jsonb not null,
  from_record uuid not null,
  rule        text not null check (rule in ('verified', 'most_recent', 'channel_priority', 'oldest')),
  at          timestamptz not null,
  generation  integer not null,
  until       integer not null default 2147483647,
  primary key (customer_id, field, generation)
) with (fillfactor = 80);
create index profile_field_until on customers.profile_field (until) where until <> 2147483647;

create table customers.review_pair (
  id         uuid primary key,
  a_record   uuid not null references customers.source_record (id),
  b_record   uuid not null references customers.source_record (id),
  because    text not null,
  evidence   jsonb not null default '{}',
  status     text not null default 'open' check (status in ('open', 'linked', 'different')),
  decided_by uuid,
  reason     text,
  at         timestamptz not null default date_trunc('milliseconds', now()),
  decided_at timestamptz,
  chance     real check (chance between 0 and 1),      -- that the engine sees; in `evidence` what each field says, as codes and numbers, never a value
  put_off_until timestamptz,
  -- What a person sees first: the likeliest; a pair without a chance shares a value that was not proved, which is worth as much as an even one.
  rank       real not null generated always as (coalesce(chance, 0.5)) stored,
  unique (a_record, b_record),
  check (a_record < b_record)
);
create index review_pair_queue on customers.review_pair (status, rank desc, at desc, id desc);
create index review_pair_b on customers.review_pair (b_record);
create index review_pair_value on customers.review_pair ((evidence ->> 'identifierId')) where status = 'open';

create table customers.violation (
  id         uuid primary key,
  record_id  uuid not null,
  kind       text not null,
  rule       text not null,
  detail     jsonb not null default '{}',              -- never the value itself
  at         timestamptz not null default now()
);
-- Limits that stopped something are read newest first, and counted by rule.
create index violation_at on customers.violation (at desc, id desc);
create index violation_record on customers.violation (record_id);

-- Replayed after a restore. It names no one: only ids that mean nothing any more.
create table customers.erased_record (
  record_id uuid primary key,
  at        timestamptz not null default now()
);

-- Names are searched in a dictionary of distinct words, then people by exact word: 0.9 instead of 10.4 ms of database time among a million.
create table customers.name_word (word text collate "C" primary key);
create index name_word_trigrams on customers.name_word using gin (word gin_trgm_ops);
create table customers.name_index (
  word        text collate "C" not null,
  customer_id uuid not null,
  last_seen   timestamptz not null,
  generation  integer not null,
  until       integer not null default 2147483647,
  primary key (word, customer_id, generation)
);
create index name_index_recent on customers.name_index (word, last_seen desc, customer_id) include (generation, until);
create index name_index_until on customers.name_index (until) where until <> 2147483647;
create index name_index_customer on customers.name_index (customer_id);
-- Two parts of a name in either order: a word, and a range of the words that stand beside it.
create table customers.name_pair (
  word        text collate "C" not null,
  other       text collate "C" not null,
  customer_id uuid not null,
  generation  integer not null,
  until       integer not null default 2147483647,
  primary key (word, other, customer_id, generation) include (until)
);
create index name_pair_until on customers.name_pair (until) where until <> 2147483647;
create index name_pair_customer on customers.name_pair (customer_id);

-- Who was at a place lately (open cart, collection or visit), kept from events: a cashier finds people near by four digits.
create table customers.near_place (
  place_id  uuid not null,
  record_id uuid not null,
  at        timestamptz not null,
  primary key (place_id, record_id)
);
create index near_place_at on customers.near_place (at);
create index near_place_record on customers.near_place (record_id);

-- Customers whom staff opened at a till: what they may take over, and what the shift counts.
create table customers.opening (
  id          uuid primary key,
  record_id   uuid not null,
  device_id   uuid,
  staff_id    uuid,
  place_id    uuid,
  at          timestamptz not null default now()
);
create index opening_record on customers.opening (record_id, at desc);
create index opening_device on customers.opening (device_id, at desc) where device_id is not null;
create index opening_staff on customers.opening (staff_id, at desc) where staff_id is not null;
