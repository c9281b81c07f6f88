-- Files of customers, events and consents on their way in. Locks: none that matter, the tables are new.
-- A file is personal data of thousands: it lies here in sealed parts, which nobody reads without the installation's secret, and is deleted
-- when its import has ended [IMP-7].
create table integrations.data_import (
  id           uuid primary key,
  kind         text not null check (kind in ('customers', 'events', 'consents', 'companies', 'memberships')),
  channel_id   uuid not null,
  file_name    text not null,                          -- sealed: a card may be called like its person
  bytes        bigint not null default 0,
  digest       bytea,                                   -- keyed: the same file again is known
  shape        jsonb,                                  -- null while it is uploaded
  settings     jsonb,                                  -- what its columns are; null until it is started
  names        jsonb,                                  -- what its columns are called
  state        text not null default 'uploading' check (state in ('uploading', 'waiting', 'running', 'done', 'stopped', 'failed')),
  failure      text,
  lines        bigint not null default 0,              -- rows of the file that are done: a run that was killed goes on behind them
  read_bytes   bigint not null default 0,
  created      bigint not null default 0,
  changed      bigint not null default 0,
  same         bigint not null default 0,
  refused      bigint not null default 0,
  worked_ms    bigint not null default 0,
  erased       bytea[] not null default '{}',          -- hashes of people who were erased while it waited: their lines are passed over
  uploaded_at  timestamptz not null default now(),
  uploaded_by  uuid,
  started_at   timestamptz,
  started_by   uuid,
  ended_at     timestamptz,
  constraint "IMP-7 what runs is set" check (state <> 'running' or (settings is not null and started_at is not null)),
  constraint "IMP-7 what came of it adds up" check (created + changed + same + refused = lines)
);
create index data_import_age on integrations.data_import (uploaded_at desc, id desc);

create table integrations.import_part (
  import_id  uuid not null references integrations.data_import (id) on delete cascade,
  part       integer not null,
  sealed     bytea storage external not null,          -- encrypted bytes do not compress: trying to costs more than storing them
  primary key (import_id, part)
);

-- Lines that were put aside, and where they wait. The key is the keyed hash of channel, kind and text: a line that comes again in another
-- file waits in quarantine once [IMP-3].
create table integrations.import_refusal (
  import_id      uuid not null references integrations.data_import (id) on delete cascade,
  line           bigint not null,
  line_key       bytea not null,
  reason         text not null,
  quarantine_id  uuid,                                   -- null: of somebody who was erased while the file waited nothing is kept
  primary key (import_id, line)
);
create index import_refusal_key on integrations.import_refusal (line_key);

-- What an import of orders has put aside. The key of a line is its invoice and its place within that, so a file that is read again tells
-- quarantine nothing twice [IMP-3].
create table integrations.refused_line (
  channel_id  uuid not null,
  line_key    text not null,
  primary key (channel_id, line_key)
);
