-- Which device a call came from, so that people can be told at which till their file was opened; and what they object to.
-- Locks: the audit, for the moment of a new column.
alter table access.audit_entry add column device_id uuid;

-- Somebody says that an access to their file was not theirs to cause [ACC-15].
create table access.objection (
  entry_id   uuid primary key,
  record_id  uuid not null,
  at         timestamptz not null
);
create index objection_of on access.objection (record_id);
