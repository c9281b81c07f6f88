-- Events that wait for a person, by subscriber. Locks: none, only a view is made.
create view platform.read_waiting_letter as
  select subscriber, count(*)::integer as items, min(parked_at) as since from platform.dead_letter where state = 'waiting' group by subscriber;
comment on view platform.read_waiting_letter is 'not null: subscriber, items, since';
