-- How many acts a register still had in its outbox when it last sent some. Locks: the table for a moment; a constant default rewrites nothing.
alter table till.register add column unsent integer not null default 0 check (unsent >= 0);
