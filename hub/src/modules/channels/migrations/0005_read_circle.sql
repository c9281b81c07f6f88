-- The circle of each channel beside its level: whose records are one customer follows both. Locks: none, only a view is changed.
create or replace view channels.read_level as select id as channel_id, link_level as level, circle from channels.channel;
comment on view channels.read_level is 'not null: channel_id, level';
