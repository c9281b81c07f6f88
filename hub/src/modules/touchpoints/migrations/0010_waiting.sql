-- What waits in quarantine, by kind and channel, for whoever must look at it. Locks: none, only a view is made.
create view touchpoints.read_waiting as
  select kind, channel_id, count(*)::integer as items, min(at) as since from touchpoints.quarantine where state = 'waiting' group by kind, channel_id;
comment on view touchpoints.read_waiting is 'not null: kind, items, since';
