-- Records of people whom a channel names by an id of its own before it says anything else of them. Locks: none, a function is made.

-- The record of each of a channel's own ids, in the order given; one that was never seen gets a provisional record with the id given for it.
-- Set-based, because event intake asks for hundreds at once. Sorted, so that two that ask at the same time do not wait for each other in a ring.
create function customers.sender_records(p_channels uuid[], p_externals text[], p_new uuid[]) returns table (record_id uuid, is_new boolean)
  language plpgsql as $$
begin
  insert into customers.source_record (id, channel_id, external_id, state)
  select new, channel, external, 'provisional' from unnest(p_channels, p_externals, p_new) as given (channel, external, new)
   order by channel, external
  on conflict (channel_id, external_id) where external_id is not null do nothing;
  -- A statement of its own, so that it sees what another transaction inserted meanwhile.
  return query
    select r.id, r.id = given.new from unnest(p_channels, p_externals, p_new) with ordinality as given (channel, external, new, n)
      join customers.source_record r on r.channel_id = given.channel and r.external_id = given.external
     order by given.n;
end $$;
