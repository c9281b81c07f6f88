-- What carts compose, and what orders stand on. Every function that takes units locks the levels first, in (variant, place) order, so two
-- carts with the same goods in opposite order never deadlock [STK-5]. Locks: none, only functions are made.
--
-- Planned once per connection, and always by the keys, also when the plan was made while the tables were empty: the functions that take
-- arrays touch a few rows by their keys, but the planner knows the length of an array only when it plans every call anew. Measured, that
-- planning was two thirds of a hold of three lines (2.5 ms of CPU instead of 1.1).
--
-- In PL/pgSQL each statement costs 20 to 60 us of CPU, however little it finds. So what is rarely there is asked for before it is freed,
-- deleted or told. Measured in turn, three lines are held for a sixth less than by statements that run every time.

-- Units that can be promised now, never below 0; null where the place keeps no level of the variant.
create function stock.available_at(p_variant uuid, p_place uuid) returns integer language sql stable as $$
  select greatest(0, l.on_hand - l.allocated - l.held - l.safety + coalesce(
    (select sum(h.quantity) from stock.hold h where h.variant_id = p_variant and h.place_id = p_place and h.expires_at <= now()), 0))::integer
  from stock.level l where l.variant_id = p_variant and l.place_id = p_place
$$;

-- The active holds of a cart: [{ lineId, variantId, placeId, quantity, expiresAt }].
create function stock.holds_of(p_cart uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('lineId', h.line_id, 'variantId', h.variant_id, 'placeId', h.place_id, 'quantity', h.quantity,
    'expiresAt', to_char(h.expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by h.line_id), '[]')
  from stock.hold h where h.cart_id = p_cart and h.expires_at > now()
$$;

-- Tells that the units others can have of a level changed. Internal.
create function stock.tell_changed(p_variants uuid[], p_places uuid[]) returns void language plpgsql as $$
begin
  perform platform.publish_each('stock.changed.v1', array_agg('level/' || l.variant_id || '/' || l.place_id),
    array_agg(jsonb_build_object('variantId', l.variant_id, 'placeId', l.place_id, 'onHand', l.on_hand, 'available', greatest(0, l.on_hand - l.allocated - l.held - l.safety))))
  from (select distinct v, p from unnest(p_variants, p_places) as u(v, p)) as u
  join stock.level l on l.variant_id = u.v and l.place_id = u.p;
end $$;

-- Locks levels in (variant, place) order and frees the holds on them whose time has passed [STK-4] [STK-5]: these levels, and those where
-- lines or a cart hold something now. Internal.
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
    perform stock.settle(v_variants, v_places);
    perform stock.tell_changed(v_variants, v_places);
  end if;
end $$;

-- Sets the hold of each line to a quantity: 0 releases, raising takes only the difference, so a cart's own hold never blocks it.
-- A short line is left as it was, and answered `granted` = false. `available` is the most that the line could hold, its own hold
-- counted; `free` is what is left for anybody after this call. A line that changes its place may stand twice: 0 there, and its quantity here.
-- Every hold of the cart lives `p_minutes` from now, at most `p_hard_cap_minutes` from when it was first taken.
-- The caller has locked the cart. A line that moves to another place gives back what it held there.
create function stock.hold_lines(p_cart uuid, p_lines uuid[], p_variants uuid[], p_places uuid[], p_quantities integer[],
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
  if v_gave_back then perform stock.settle(a_variant, a_place); end if;
  if v_variants is not null then perform stock.tell_changed(v_variants, v_places); end if;

  return query
    select t.line, t.place, t.granted, t.available, greatest(0, coalesce(l.on_hand - l.allocated - l.held - l.safety, 0)), h.expires_at
    from unnest(a_line, a_variant, a_place, a_granted, a_available) as t(line, variant, place, granted, available)
    left join stock.level l on l.variant_id = t.variant and l.place_id = t.place
    left join stock.hold h on h.line_id = t.line and h.place_id = t.place;
end $$;

-- The holder did something: what the cart holds lives `p_minutes` from now, never past the hard cap. An expired hold stays expired.
create function stock.extend_holds(p_cart uuid, p_minutes integer) returns void language sql as $$
  update stock.hold h set expires_at = least(h.hard_cap_at, now() + make_interval(mins => p_minutes))
   where h.cart_id = p_cart and h.expires_at > now() and h.expires_at < least(h.hard_cap_at, now() + make_interval(mins => p_minutes))
$$;

-- Payment began: what the cart holds or waits for lives at least `p_minutes` from now, past the hard cap where the provider's time limit asks for it.
create function stock.hold_for_payment(p_cart uuid, p_minutes integer) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  update stock.hold h set expires_at = greatest(h.expires_at, now() + make_interval(mins => p_minutes)),
    hard_cap_at = greatest(h.hard_cap_at, now() + make_interval(mins => p_minutes))
   where h.cart_id = p_cart and h.expires_at > now();
  update stock.waiting w set expires_at = greatest(w.expires_at, now() + make_interval(mins => p_minutes))
   where w.cart_id = p_cart and w.expires_at > now();
end $$;

-- Gives back everything that a cart holds.
create function stock.release_cart(p_cart uuid) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_variants uuid[]; v_places uuid[];
begin
  if exists (select from stock.waiting where cart_id = p_cart) then perform stock.end_waiting_of_cart(p_cart); end if;
  select array_agg(variant_id), array_agg(place_id) into v_variants, v_places from stock.hold where cart_id = p_cart;
  if v_variants is null then return; end if;
  perform stock.lock_levels(v_variants, v_places);
  with gone as (
    delete from stock.hold where cart_id = p_cart returning variant_id, place_id, quantity
  ), sums as (
    select variant_id, place_id, sum(quantity)::integer as quantity from gone group by variant_id, place_id
  ), freed as (
    update stock.level l set held = l.held - s.quantity from sums s
     where l.variant_id = s.variant_id and l.place_id = s.place_id returning l.variant_id, l.place_id
  )
  select array_agg(variant_id), array_agg(place_id) into v_variants, v_places from freed;
  if v_variants is not null then
    perform stock.settle(v_variants, v_places);
    perform stock.tell_changed(v_variants, v_places);
  end if;
end $$;
