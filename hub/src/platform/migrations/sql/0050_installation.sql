-- The installation as one thing that can be restored. `epoch` rises with every restore: what was counted before it (versions of
-- live subjects, numbers of tills, positions of the log) counts anew, and whoever remembers another epoch asks again. Locks: none, the tables are new.
create table platform.installation (
  only_one       boolean primary key default true check (only_one),
  id             uuid not null default uuidv7(),
  epoch          integer not null default 1,
  restored_at    timestamptz,
  -- What a restore has not finished yet; taken up again by the next start of a hub. Null: nothing.
  after_restore  jsonb
);
insert into platform.installation default values;

-- The backups that were taken, so that every node can say how old the last one is.
create table platform.backup_run (
  started_at   timestamptz primary key,
  finished_at  timestamptz,
  file         text not null,
  bytes        bigint,
  sha256       text,
  error        text
);
