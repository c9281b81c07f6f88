-- Units and sold-out marks of now, of many variants at many places. Locks: none, only a function is made.
-- A function and not a statement of the hub, because a statement with arrays is planned anew for every call, which took longer than
-- running it. By the keys, also when the plan was made while the tables were empty.
create function promises.goods_states(p_variants uuid[], p_places uuid[])
returns table (variant_id uuid, place_id uuid, available integer, is_sold_out boolean, until timestamptz) language plpgsql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
begin
  return query
    select v.id, p.id, a.available, s.variant_id is not null, s.until
      from unnest(p_variants) as v (id) cross join unnest(p_places) as p (id)
      left join stock.read_available a on a.variant_id = v.id and a.place_id = p.id
      left join catalog.read_sold_out s on s.variant_id = v.id and s.place_id = p.id
     where a.variant_id is not null or s.variant_id is not null;
end $$;
