-- Tickets at tables [TBL-2]. Locks: none that matter, the table is new.
create table till.tab (
  cart_id      uuid primary key,               -- the ticket: at one table
  place_id     uuid not null,
  channel_id   uuid not null,
  table_name   text not null,                  -- as the setting `tables` of the place calls it
  name         text check (char_length(name) between 1 and 40),  -- what its guests are called, where a table has several; erased with their customer
  courses      jsonb not null default '{}',    -- the course of a line by its id, 1 to 3; a line without one is wanted at once [TBL-5]
  opened_by    text,                           -- given name of who seated them; null: nobody was signed in
  device_name  text not null,                  -- the till that had it last
  opened_at    timestamptz not null
);
create index tab_here on till.tab (place_id, channel_id, opened_at);
