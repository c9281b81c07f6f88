-- What an import has put aside. Locks: none that matter, the table is new.
-- The key of a line is its invoice and its place within that, so a file that is read again tells quarantine nothing twice [IMP-3].
create table integrations.refused_line (
  channel_id  uuid not null,
  line_key    text not null,
  primary key (channel_id, line_key)
);
