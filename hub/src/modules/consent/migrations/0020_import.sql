-- Decisions that were said elsewhere and came here in a file, with the time and the source that the file names. Locks: the table for as
-- long as its rows are looked at once.
alter table consent.event drop constraint event_source_check;
alter table consent.event add constraint event_source_check
  check (source in ('web', 'app', 'till', 'staff', 'server', 'link', 'one_click', 'confirmation', 'import'));
