-- The level of each channel, for modules that compute by it in SQL. Locks: none, only a view is made.
create view channels.read_level as select id as channel_id, link_level as level from channels.channel;
comment on view channels.read_level is 'not null: channel_id, level';
