-- A device that acts on a channel of its own instead of that of its place: the register of a pilot. Locks: the table of devices, for the
-- moment that a column without a default takes.
alter table access.device add column channel_id uuid;
