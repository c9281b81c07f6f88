-- The installation as one thing: its key, its processes, its backups, and what it reports about itself. Locks: none, the tables are new.

-- `epoch` rises with every restore: what was counted before it (versions of live subjects, numbers of tills, positions of the log) counts
-- anew, and whoever remembers another epoch asks again.
create table platform.installation (
  only_one       boolean primary key default true check (only_one),
  id             uuid not null default uuidv7(),
  epoch          integer not null default 1,
  restored_at    timestamptz,
  -- What a restore has not finished yet; taken up again by the next start of a hub. Null: nothing.
  after_restore  jsonb
);
insert into platform.installation default values;

-- The one key pair (P-256), made at the first start: it signs member cards and hand-over codes that a till can check without network. The
-- private part is sealed with WEFT_SECRET.
create table platform.signing_key (
  id              text primary key,          -- the thumbprint of the public part (RFC 7638)
  public_jwk      jsonb not null,
  private_sealed  text not null,
  is_current      boolean not null default true,
  created_at      timestamptz not null default now()
);
create unique index one_current_signing_key on platform.signing_key (is_current) where is_current;

-- The hub processes on this database, so that each can say which versions run together.
create table platform.node (
  id       uuid primary key,
  version  text not null,
  role     text not null,
  seen_at  timestamptz not null default now()
);

-- Which node runs which worker of the job queue, so that jobs of a node that was killed are taken over at once: the queue itself would wait
-- four hours.
create table platform.job_worker (
  worker_id  text primary key,
  -- The key of the advisory lock that the node holds for as long as it lives.
  node_lock  integer not null
);

-- Opens one live stream where no cookie can be sent: 30 s, single use. Lost with a crash, so not logged.
create unlogged table platform.live_ticket (
  hash        bytea primary key,
  actor       jsonb not null,
  expires_at  timestamptz not null
);

-- What the last invariant checks found; the newest row is what the health page shows.
create table platform.invariant_check (
  checked_at  timestamptz primary key,
  results     jsonb not null,
  took_ms     integer not null check (took_ms >= 0)   -- the next one waits accordingly
);

-- The backups that were taken, so that every node can say how old the last one is.
create table platform.backup_run (
  started_at   timestamptz primary key,
  finished_at  timestamptz,
  file         text not null,
  bytes        bigint,
  sha256       text,
  error        text
);

-- What jobs of the clock deleted, and when each last came to its end: that data goes by itself is reported, not only promised.
create table platform.deletion (
  job         text not null,
  table_name  text not null,
  day         date not null,
  rows        bigint not null,
  primary key (job, table_name, day)
);

create table platform.job_run (
  job       text primary key,
  ended_at  timestamptz not null
);

-- Which parts of the demo chain are loaded, so that a start that was cut off goes on where it stopped. Empty outside the demo.
create table platform.demo_step (
  step    text primary key,
  done_at timestamptz not null default now()
);
