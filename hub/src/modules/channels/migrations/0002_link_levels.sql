-- All three link levels, and levels of their own for the places of a group [CHA-7]. Locks: the table of channels for as long as it takes to
-- read its few rows.
alter table channels.channel drop constraint channel_link_level_check;
alter table channels.channel add constraint channel_link_level_check check (link_level in ('siloed', 'handover', 'linked'));

-- A facet that is about a place may have another level where a pilot runs. The others have one level per channel: a pilot of theirs is a
-- channel of its own.
create table channels.place_level (
  channel_id  uuid not null references channels.channel,
  group_id    uuid not null,
  facet       text not null check (facet in ('cart', 'price', 'promise', 'order')),
  level       text not null check (level in ('siloed', 'handover', 'linked')),
  primary key (channel_id, group_id, facet)
);
