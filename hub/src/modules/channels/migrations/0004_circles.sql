-- Circles: channels of a circle are linked with each other and with no channel outside of it, as those of a visitor of the tour or of a
-- training. No app or place acts on one by itself, and lists leave them out. A channel that has ended stays as what its documents name.
-- Locks: the table of channels, for the moment that two columns take.
alter table channels.channel add column circle uuid;
alter table channels.channel add column ended_at timestamptz;
