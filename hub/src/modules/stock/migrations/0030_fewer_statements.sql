-- Carts and completions take units with fewer statements: in PL/pgSQL each costs 20 to 60 us of CPU, however little it finds. Measured in
-- turn, three lines are held for a sixth less. Locks: none, only functions and a view are made.

-- The active holds, for who shows or counts what a cart keeps.
create view stock.read_hold as
  select line_id, cart_id, variant_id, place_id, quantity, expires_at from stock.hold where expires_at > now();
comment on view stock.read_hold is 'not null: line_id, cart_id, variant_id, place_id, quantity, expires_at';

-- Tells that the units others can have of a level changed. Internal.
create or replace function stock.tell_changed(p_variants uuid[], p_places uuid[]) returns void language plpgsql as $$
begin
  perform platform.publish_each('stock.changed.v1', array_agg('level/' || l.variant_id || '/' || l.place_id),
    array_agg(jsonb_build_object('variantId', l.variant_id, 'placeId', l.place_id, 'onHand', l.on_hand, 'available', greatest(0, l.on_hand - l.allocated - l.held - l.safety))))
  from (select distinct v, p from unnest(p_variants, p_places) as u(v, p)) as u
  join stock.level l on l.variant_id = u.v and l.place_id = u.p;
end $$;

-- Locks levels in (variant, place) order and frees the holds on them whose time has passed [STK-4] [STK-5]: these levels, and those where
-- lines or a cart hold something now. Internal.
drop function stock.lock_levels(uuid[], uuid[]);
create function stock.lock_levels(p_variants uuid[], p_places uuid[], p_lines uuid[] default '{}', p_cart uuid default null) returns void language plpgsql as $$
declare v_variants uuid[]; v_places uuid[];
begin
  select array_agg(variant_id), array_agg(place_id) into v_variants, v_places from (
    select l.variant_id, l.place_id from (
      select v, p from unnest(p_variants, p_places) as u(v, p)
      union select h.variant_id, h.place_id from stock.hold h where h.line_id = any (p_lines)
      union select h.variant_id, h.place_id from stock.hold h where h.cart_id = p_cart
    ) as u join stock.level l on l.variant_id = u.v and l.place_id = u.p
    order by l.variant_id, l.place_id for update of l) as locked;
  -- Almost never, so it is asked first: asking costs a third of freeing nothing.
  if not exists (select from unnest(v_variants, v_places) as u(v, p)
                   join stock.hold h on h.variant_id = u.v and h.place_id = u.p and h.expires_at <= now()) then
    return;
  end if;
  with gone as (
    delete from stock.hold h using unnest(v_variants, v_places) as u(v, p)
     where h.variant_id = u.v and h.place_id = u.p and h.expires_at <= now()
    returning h.variant_id, h.place_id, h.quantity
  ), sums as (
    select variant_id, place_id, sum(quantity)::integer as quantity from gone group by variant_id, place_id
  ), freed as (
    update stock.level l set held = l.held - s.quantity from sums s
     where l.variant_id = s.variant_id and l.place_id = s.place_id returning l.variant_id, l.place_id
  )
  select array_agg(variant_id), array_agg(place_id) into v_variants, v_places from freed;
  if v_variants is not null then
    perform stock.settle_conflicts(v_variants, v_places);
    perform stock.tell_changed(v_variants, v_places);
  end if;
end $$;

-- As before.
create or replace function stock.hold_lines(p_cart uuid, p_lines uuid[], p_variants uuid[], p_places uuid[], p_quantities integer[],
                                            p_minutes integer, p_hard_cap_minutes integer)
returns table (line_id uuid, place_id uuid, granted boolean, available integer, free integer, expires_at timestamptz) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  w record;
  v_variants uuid[]; v_places uuid[];
  v_variant uuid; v_place uuid; v_free integer; v_own integer; v_yes boolean; v_gave_back boolean := false; v_takes boolean := false; v_ends boolean := false;
  a_line uuid[] := '{}'; a_variant uuid[] := '{}'; a_place uuid[] := '{}'; a_quantity integer[] := '{}';
  a_granted boolean[] := '{}'; a_available integer[] := '{}';
begin
  perform stock.lock_levels(p_variants, p_places, p_lines);

  for w in
    select t.line, t.variant, t.place, t.quantity, case when h.variant_id = t.variant and h.place_id = t.place then h.quantity else 0 end as own,
      l.on_hand - l.allocated - l.held - l.safety as free
    from unnest(p_lines, p_variants, p_places, p_quantities) with ordinality as t(line, variant, place, quantity, nth)
    left join stock.hold h on h.line_id = t.line
    left join stock.level l on l.variant_id = t.variant and l.place_id = t.place
    order by t.variant, t.place, t.quantity > coalesce(h.quantity, 0), t.nth  -- what is given back first is there for the others
  loop
    if v_variant is distinct from w.variant or v_place is distinct from w.place then
      v_variant := w.variant; v_place := w.place; v_free := w.free;
    end if;
    v_own := w.own;
    v_yes := w.quantity <= v_own or coalesce(w.quantity - v_own <= v_free, false);
    a_line := a_line || w.line; a_variant := a_variant || w.variant; a_place := a_place || w.place; a_quantity := a_quantity || w.quantity;
    a_granted := a_granted || v_yes; a_available := a_available || greatest(0, coalesce(v_free, 0) + v_own);
    if v_yes then
      v_free := v_free - (w.quantity - v_own);
      v_takes := v_takes or w.quantity > 0;
      v_ends := v_ends or w.quantity = 0;
    end if;
    v_gave_back := v_gave_back or w.quantity < v_own;
  end loop;

  with wanted as (
    select * from unnest(a_line, a_variant, a_place, a_quantity, a_granted) as t(line, variant, place, quantity, granted) where t.granted
  ), change as (
    select variant, place, sum(quantity)::integer as quantity from (
      select variant, place, quantity from wanted
      union all select h.variant_id, h.place_id, -h.quantity from stock.hold h where h.line_id in (select line from wanted)
    ) as parts group by variant, place having sum(quantity) <> 0
  ), changed as (
    update stock.level l set held = l.held + c.quantity from change c
     where l.variant_id = c.variant and l.place_id = c.place returning l.variant_id, l.place_id
  )
  select array_agg(variant_id), array_agg(place_id) into v_variants, v_places from changed;

  if v_ends then
    delete from stock.hold h using unnest(a_line, a_quantity, a_granted) as t(line, quantity, granted)
     where h.line_id = t.line and t.granted and t.quantity = 0;
  end if;
  if v_takes then
    insert into stock.hold as h (line_id, cart_id, variant_id, place_id, quantity, expires_at, hard_cap_at)
    select t.line, p_cart, t.variant, t.place, t.quantity, now() + make_interval(mins => least(p_minutes, p_hard_cap_minutes)), now() + make_interval(mins => p_hard_cap_minutes)
      from unnest(a_line, a_variant, a_place, a_quantity, a_granted) as t(line, variant, place, quantity, granted) where t.granted and t.quantity > 0
    on conflict on constraint hold_pkey do update set cart_id = excluded.cart_id, variant_id = excluded.variant_id, place_id = excluded.place_id, quantity = excluded.quantity;
  end if;
  perform stock.extend_holds(p_cart, p_minutes);
  if v_gave_back then perform stock.settle_conflicts(a_variant, a_place); end if;
  if v_variants is not null then perform stock.tell_changed(v_variants, v_places); end if;

  return query
    select t.line, t.place, t.granted, t.available, greatest(0, coalesce(l.on_hand - l.allocated - l.held - l.safety, 0)), h.expires_at
    from unnest(a_line, a_variant, a_place, a_granted, a_available) as t(line, variant, place, granted, available)
    left join stock.level l on l.variant_id = t.variant and l.place_id = t.place
    left join stock.hold h on h.line_id = t.line and h.place_id = t.place;
end $$;

-- As before. What is short and what became a conflict is looked up only when there is any.
create or replace function stock.take_units(p_order uuid, p_cart uuid, p_variants uuid[], p_places uuid[], p_quantities integer[],
                                            p_sells boolean, p_recorded boolean) returns void language plpgsql as $$
declare
  v_levels integer; v_taken_variants uuid[]; v_taken_places uuid[]; v_conflicts boolean; v_gave_back boolean;
  v_variants uuid[]; v_places uuid[]; v_short jsonb;
begin
  if p_recorded then
    insert into stock.level (variant_id, place_id) select distinct v, p from unnest(p_variants, p_places) as u(v, p) order by v, p on conflict do nothing;
  end if;
  perform stock.lock_levels(p_variants, p_places, p_cart => p_cart);

  with change as (
    select variant_id, place_id, sum(own)::integer as own, sum(wanted)::integer as wanted from (
      select variant_id, place_id, quantity as own, 0 as wanted from stock.hold where cart_id = p_cart
      union all select v, p, 0, q from unnest(p_variants, p_places, p_quantities) as u(v, p, q)
    ) as parts group by variant_id, place_id
  ), taken as (
    update stock.level l set held = l.held - c.own,
      on_hand = l.on_hand - case when p_sells then c.wanted else 0 end,
      allocated = l.allocated + case when p_sells then 0 else c.wanted end
      from change c
     where l.variant_id = c.variant_id and l.place_id = c.place_id
       and (p_recorded or c.wanted = 0 or l.on_hand - l.allocated - l.held + c.own - l.safety >= c.wanted)
    returning l.variant_id, l.place_id, c.own, c.wanted, l.on_hand - l.allocated - l.held as unpromised
  )
  select (select count(*) from change), array_agg(variant_id), array_agg(place_id),
    array_agg(variant_id) filter (where p_sells or own <> wanted), array_agg(place_id) filter (where p_sells or own <> wanted),
    bool_or(own > wanted), bool_or(wanted > 0 and unpromised < 0)
    into v_levels, v_taken_variants, v_taken_places, v_variants, v_places, v_gave_back, v_conflicts
    from taken;

  if coalesce(cardinality(v_taken_variants), 0) < v_levels then
    select jsonb_agg(jsonb_build_object('variantId', w.v, 'placeId', w.p, 'requested', w.q, 'available',
        greatest(0, coalesce(l.on_hand - l.allocated - l.held - l.safety, 0) + coalesce((
          select sum(h.quantity)::integer from stock.hold h where h.cart_id = p_cart and h.variant_id = w.v and h.place_id = w.p), 0))) order by w.v, w.p)
      into v_short
      from (select v, p, sum(q)::integer as q from unnest(p_variants, p_places, p_quantities) as u(v, p, q) group by v, p) as w
      left join stock.level l on l.variant_id = w.v and l.place_id = w.p
     where not exists (select from unnest(v_taken_variants, v_taken_places) as t(v, p) where t.v = w.v and t.p = w.p);
    raise exception 'stock.insufficient' using errcode = 'WF001', detail = jsonb_build_object('lines', v_short)::text;
  end if;
  delete from stock.hold where cart_id = p_cart;
  if v_conflicts then
    insert into stock.conflict (variant_id, place_id, missing, cause_type, cause_id)
    select l.variant_id, l.place_id, least(w.q, -(l.on_hand - l.allocated - l.held)), 'order', p_order
      from (select v, p, sum(q)::integer as q from unnest(p_variants, p_places, p_quantities) as u(v, p, q) group by v, p) as w
      join stock.level l on l.variant_id = w.v and l.place_id = w.p
     where w.q > 0 and l.on_hand - l.allocated - l.held < 0;
  end if;
  if v_gave_back then perform stock.settle_conflicts(v_variants, v_places); end if;
  if v_variants is not null then perform stock.tell_changed(v_variants, v_places); end if;
end $$;
