-- How long a channel promises its prices. Locks: the channels, for the moment of a new column.
alter table channels.channel add column price_hold_minutes integer check (price_hold_minutes between 1 and 1440);  -- null: as the place holds
