-- What a message tells of an order, as ids and states: it is told again when the message has left. Locks: the table for an instant.
alter table messages.outbound add column shown jsonb;
