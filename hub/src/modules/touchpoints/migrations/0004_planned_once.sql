-- What is asked of the timelines of people, planned once per connection: over forty partitions a plan costs 2 ms and more, and with arrays
-- PostgreSQL makes one for every call, because a plan for a known array looks cheaper than one for any. Locks: none, only functions are made.

-- The newest thing that each record's person did; kinds that were done to them are left out.
create function touchpoints.last_touches(p_records uuid[], p_done_to_them text[])
returns table (record_id uuid, at timestamptz, channel_id uuid, place_id uuid)
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
    select r.id, t.* from unnest(p_records) as r (id)
     cross join lateral (
       select occurred_at, channel_id, place_id from touchpoints.touchpoint
        where record_id = r.id and channel_id is not null and kind <> all (p_done_to_them)
        order by occurred_at desc, id desc limit 1) t;
end $$;

-- Everything that happened to these records before a moment, newest first [TCH-9]: one index scan per record, each no longer than the page.
-- The moment is always compared, so that it bounds the scan in a plan for any moment too. No kind: everything but what was only shown.
-- What is narrowed is found in the index first, and only the page itself is fetched: what fits may be far between.
create function touchpoints.timeline_page(p_records uuid[], p_at timestamptz, p_id uuid, p_channels uuid[], p_kind text, p_limit integer)
returns table (id uuid, at timestamptz, record_id uuid, kind text, name text, channel_id uuid, place_id uuid, payload jsonb,
               reference_kind text, reference_id uuid, shown jsonb, journey_ref text, resend jsonb)
-- Always by the index, also when the plan was made before there was much to read.
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
declare
  v_at constant timestamptz := coalesce(p_at, 'infinity');
  v_id constant uuid := coalesce(p_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
begin
  if p_channels is null and p_kind is null then
    return query
      select t.id, t.occurred_at, t.record_id, t.kind, t.name, t.channel_id, t.place_id, t.payload, t.reference_kind, t.reference_id, t.shown,
             t.journey_ref, (select jsonb_build_object('id', s.first_id, 'at', s.first_occurred_at, 'because', s.because) from touchpoints.resend s
                              where s.record_id = t.record_id and s.occurred_at = t.occurred_at and s.id = t.id)
        from unnest(p_records) as r (id)
       cross join lateral (
         select * from touchpoints.touchpoint
          where record_id = r.id and occurred_at <= v_at and (occurred_at, id) < (v_at, v_id) and kind <> 'shown'
          order by occurred_at desc, id desc limit p_limit) t
       order by t.occurred_at desc, t.id desc limit p_limit;
  else
    return query
      select t.id, t.occurred_at, t.record_id, t.kind, t.name, t.channel_id, t.place_id, t.payload, t.reference_kind, t.reference_id, t.shown,
             t.journey_ref, (select jsonb_build_object('id', s.first_id, 'at', s.first_occurred_at, 'because', s.because) from touchpoints.resend s
                              where s.record_id = t.record_id and s.occurred_at = t.occurred_at and s.id = t.id)
        from (
          select k.* from unnest(p_records) as r (id)
           cross join lateral (
             select record_id, occurred_at, id from touchpoints.touchpoint
              where record_id = r.id and occurred_at <= v_at and (occurred_at, id) < (v_at, v_id)
                and (p_channels is null or channel_id = any (p_channels))
                and case when p_kind is null then kind <> 'shown' else kind = p_kind end
              order by occurred_at desc, id desc limit p_limit) k
           order by k.occurred_at desc, k.id desc limit p_limit) k
       cross join lateral (
         select * from touchpoints.touchpoint where record_id = k.record_id and occurred_at = k.occurred_at and id = k.id offset 0) t
       order by t.occurred_at desc, t.id desc;
  end if;
end $$;
