-- The hub processes on this database, so that each can say which versions run together. Locks: none, the table is new.
create table platform.node (
  id       uuid primary key,
  version  text not null,
  role     text not null,
  seen_at  timestamptz not null default now()
);
