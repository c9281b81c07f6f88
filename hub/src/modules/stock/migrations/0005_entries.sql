-- What people book by hand or a file brings, and the broom for holds whose time has passed. Locks: none, only functions are made.
-- How they are planned is told in 0003_holds.sql.

-- One entry of a receipt (positive), waste (negative), correction (either) or count. For a count `p_quantity` is the figure counted and
-- `p_started_from` the one it began with: refused when that is no longer what is on hand [STK-7]. Only a receipt and a count make a level.
-- Answers what is on hand before, null without a level, and whether the entry was booked.
create function stock.enter(p_entry uuid, p_kind text, p_variant uuid, p_place uuid, p_quantity integer, p_started_from integer,
                            p_channel uuid, p_staff uuid, p_actor_name text, p_reason text)
returns table (on_hand_before integer, booked boolean) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_before integer; v_change integer;
begin
  if p_kind = 'receipt' or (p_kind = 'count' and p_started_from = 0) then
    insert into stock.level (variant_id, place_id) values (p_variant, p_place) on conflict do nothing;
  end if;
  perform stock.lock_levels(array[p_variant], array[p_place]);
  select l.on_hand into v_before from stock.level l where l.variant_id = p_variant and l.place_id = p_place;
  if v_before is null or (p_kind = 'count' and v_before <> p_started_from) then
    return query select v_before, false;
    return;
  end if;
  v_change := case when p_kind = 'count' then p_quantity - v_before else p_quantity end;
  insert into stock.movement (kind, variant_id, place_id, quantity, cause_type, cause_id, line_id, channel_id, staff_id, actor_name, reason)
  values (p_kind, p_variant, p_place, v_change, 'entry', p_entry, p_variant, p_channel, p_staff, p_actor_name, p_reason);
  update stock.level l set on_hand = l.on_hand + v_change where l.variant_id = p_variant and l.place_id = p_place;
  perform stock.settle(array[p_variant], array[p_place]);
  perform stock.tell_changed(array[p_variant], array[p_place]);
  return query select v_before, true;
end $$;

-- Receipts in bulk, one entry each. An entry that is known already is left as it was, so the same delivery may be read twice [STK-6].
-- Answers how many were new.
create function stock.receive(p_entries uuid[], p_variants uuid[], p_places uuid[], p_quantities integer[], p_safety integer[], p_reason text)
returns integer language plpgsql as $$
declare v_new integer;
begin
  insert into stock.level (variant_id, place_id, safety)
  select v, p, max(s) from unnest(p_variants, p_places, p_safety) as u(v, p, s) group by v, p order by v, p on conflict do nothing;
  perform stock.lock_levels(p_variants, p_places);
  with booked as (
    insert into stock.movement (kind, variant_id, place_id, quantity, cause_type, cause_id, line_id, reason)
    select 'receipt', variant, place, quantity, 'entry', entry, variant, p_reason
      from unnest(p_entries, p_variants, p_places, p_quantities) as t(entry, variant, place, quantity)
    on conflict do nothing returning variant_id, place_id, quantity
  ), raised as (
    update stock.level l set on_hand = l.on_hand + s.quantity
      from (select variant_id, place_id, sum(quantity)::integer as quantity from booked group by variant_id, place_id) as s
     where l.variant_id = s.variant_id and l.place_id = s.place_id
  )
  select count(*) into v_new from booked;
  perform stock.settle(p_variants, p_places);
  if v_new > 0 then perform stock.tell_changed(p_variants, p_places); end if;
  return v_new;
end $$;

-- Sets what is kept back from every promise. False without a level.
create function stock.set_safety(p_variant uuid, p_place uuid, p_safety integer) returns boolean language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform stock.lock_levels(array[p_variant], array[p_place]);
  update stock.level set safety = p_safety where variant_id = p_variant and place_id = p_place;
  if not found then return false; end if;
  perform stock.settle(array[p_variant], array[p_place]);
  perform stock.tell_changed(array[p_variant], array[p_place]);
  return true;
end $$;

-- Tidies up at most `p_limit` holds whose time has passed, oldest first; readers did not count them any more [STK-4]. Answers how many.
create function stock.sweep(p_limit integer) returns integer language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_variants uuid[]; v_places uuid[]; v_count integer;
begin
  select array_agg(variant_id), array_agg(place_id), count(*) into v_variants, v_places, v_count
    from (select variant_id, place_id from stock.hold where expires_at <= now() order by expires_at limit p_limit) as h;
  if v_count > 0 then perform stock.lock_levels(v_variants, v_places); end if;
  if exists (select from stock.waiting where expires_at <= now()) then
    perform stock.lock_ahead(array_agg(variant_id), array_agg(place_id)) from stock.waiting where expires_at <= now();
  end if;
  return v_count;
end $$;
