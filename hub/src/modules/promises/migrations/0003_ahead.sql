-- How goods are sold before they are there, by the calendars of their places [PRM-41, PRM-42]. Locks: none, only a function is made.
-- Pre-orders end with their day: from then on it is goods as any. A back-order whose day has passed promises nothing until somebody sets another.
create function promises.ahead_states(p_variants uuid[], p_places uuid[], p_zones text[])
returns table (variant_id uuid, place_id uuid, kind text, left_units integer, comes_on date, not_before timestamptz, is_over boolean) language plpgsql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
begin
  return query
    select a.variant_id, a.place_id, a.kind, a."left",
           coalesce(a.comes_on, (now() at time zone p.zone)::date + a.in_days),
           case when a.kind = 'preorder' then a.comes_on::timestamp at time zone p.zone end,
           case when a.kind = 'preorder' then a.comes_on <= (now() at time zone p.zone)::date
                else a.most = 0 or coalesce(a.comes_on < (now() at time zone p.zone)::date, false) end
      from unnest(p_variants) as v (id) cross join unnest(p_places, p_zones) as p (id, zone)
      join stock.read_ahead a on a.variant_id = v.id and a.place_id = p.id;
end $$;
