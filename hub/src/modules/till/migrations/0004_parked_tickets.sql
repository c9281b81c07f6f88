-- Tickets that wait, for every till of their store. Locks: none, the table is new.
create table till.parked_ticket (
  cart_id      uuid primary key,               -- [TIL-11] whoever deletes the row has the ticket
  place_id     uuid not null,
  channel_id   uuid not null,
  device_id    uuid not null,
  device_name  text not null,
  parked_at    timestamptz not null
);
create index parked_here on till.parked_ticket (place_id, channel_id, parked_at);
