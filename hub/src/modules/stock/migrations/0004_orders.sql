-- What becomes of units when a cart becomes an order, and after. Locks: none, only functions are made.
-- How they are planned is told in 0003_holds.sql.

-- Takes units for an order and ends all holds of its cart: what the cart held is its own, the rest must be free. Raises WF001 with
-- detail {"lines": [{"variantId", "placeId", "requested", "available"}]} when a level is short [STK-1]; nothing is taken then.
-- `p_recorded`: the sale happened, so nothing is refused, and what others were promised becomes a conflict [STK-3].
-- What is short and what became a conflict is looked up only when there is any. Internal.
create function stock.take_units(p_order uuid, p_cart uuid, p_variants uuid[], p_places uuid[], p_quantities integer[],
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
  if v_gave_back then perform stock.settle(v_variants, v_places); end if;
  if v_variants is not null then perform stock.tell_changed(v_variants, v_places); end if;
end $$;

-- Holds become allocations: units promised to an order, to be handed over later. One entry per order line, tracked goods only; one of 0 units
-- only locks its level, where the line waits for goods.
create function stock.allocate(p_order uuid, p_cart uuid, p_order_lines uuid[], p_variants uuid[], p_places uuid[], p_quantities integer[],
                               p_recorded boolean default false) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform stock.take_units(p_order, p_cart, p_variants, p_places, p_quantities, false, p_recorded);
  insert into stock.allocation (order_line_id, place_id, order_id, variant_id, quantity)
  select line, place, p_order, variant, quantity from unnest(p_order_lines, p_variants, p_places, p_quantities) as t(line, variant, place, quantity)
   where quantity > 0;
end $$;

-- Goods that leave with the customer: on hand falls at once, with its movement.
create function stock.sell_now(p_order uuid, p_cart uuid, p_order_lines uuid[], p_variants uuid[], p_places uuid[], p_quantities integer[],
                               p_recorded boolean default false) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform stock.take_units(p_order, p_cart, p_variants, p_places, p_quantities, true, p_recorded);
  insert into stock.movement (kind, variant_id, place_id, quantity, cause_type, cause_id, line_id)
  select 'sale', variant, place, -quantity, 'order', p_order, line from unnest(p_order_lines, p_variants, p_places, p_quantities) as t(line, variant, place, quantity);
end $$;

-- Allocated units leave the place, at most what is allocated there. Lines without an allocation are made to order and change nothing.
create function stock.fulfill(p_fulfillment uuid, p_place uuid, p_order_lines uuid[], p_quantities integer[]) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_variants uuid[]; v_places uuid[];
begin
  select array_agg(variant_id), array_agg(place_id) into v_variants, v_places
    from stock.allocation where order_line_id = any (p_order_lines) and place_id = p_place;
  if v_variants is null then return; end if;
  perform stock.lock_levels(v_variants, v_places);
  with wanted as (
    select t.line, a.variant_id, least(a.quantity, t.quantity) as quantity, a.quantity as allocated
      from unnest(p_order_lines, p_quantities) as t(line, quantity)
      join stock.allocation a on a.order_line_id = t.line and a.place_id = p_place where t.quantity > 0
  ), ended as (
    delete from stock.allocation a using wanted w where a.order_line_id = w.line and a.place_id = p_place and w.quantity = w.allocated
  ), lowered as (
    update stock.allocation a set quantity = a.quantity - w.quantity from wanted w
     where a.order_line_id = w.line and a.place_id = p_place and w.quantity < w.allocated
  ), moved as (
    insert into stock.movement (kind, variant_id, place_id, quantity, cause_type, cause_id, line_id)
    select 'sale', variant_id, p_place, -quantity, 'fulfillment', p_fulfillment, line from wanted
  )
  update stock.level l set on_hand = l.on_hand - s.quantity, allocated = l.allocated - s.quantity
    from (select variant_id, sum(quantity)::integer as quantity from wanted group by variant_id) as s
   where l.variant_id = s.variant_id and l.place_id = p_place;
  perform stock.tell_changed(v_variants, v_places);
end $$;

-- Gives back what lines of an order asked for elsewhere, what they wait for, and then what was allocated to them: all of them when `p_order_lines` is null, all units when
-- `p_quantities` is null.
create function stock.release_allocations(p_order uuid, p_order_lines uuid[] default null, p_quantities integer[] default null)
returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_variants uuid[]; v_places uuid[]; v_quantities integer[] := p_quantities;
begin
  select array_agg(variant_id), array_agg(place_id) into v_variants, v_places from (
    select variant_id, place_id from stock.allocation where order_id = p_order and (p_order_lines is null or order_line_id = any (p_order_lines))
    union select variant_id, place_id from stock.waiting where order_id = p_order and (p_order_lines is null or line_id = any (p_order_lines))
  ) as own;
  if v_variants is null then return; end if;
  perform stock.lock_levels(v_variants, v_places);
  if exists (select from stock.asked where order_id = p_order) then
    v_quantities := stock.give_up_asked(p_order, p_order_lines, v_quantities);
  end if;
  if exists (select from stock.waiting where order_id = p_order) then
    v_quantities := stock.give_up_waiting(p_order, p_order_lines, v_quantities);
  end if;
  with wanted as (
    select a.order_line_id, a.place_id, a.variant_id, a.quantity as allocated, least(a.quantity, coalesce(t.quantity, a.quantity)) as quantity
      from stock.allocation a left join unnest(p_order_lines, v_quantities) as t(line, quantity) on t.line = a.order_line_id
     where a.order_id = p_order and (p_order_lines is null or t.line is not null) and t.quantity is distinct from 0
  ), ended as (
    delete from stock.allocation a using wanted w where a.order_line_id = w.order_line_id and a.place_id = w.place_id and w.quantity = w.allocated
  ), lowered as (
    update stock.allocation a set quantity = a.quantity - w.quantity from wanted w
     where a.order_line_id = w.order_line_id and a.place_id = w.place_id and w.quantity < w.allocated
  )
  update stock.level l set allocated = l.allocated - s.quantity
    from (select variant_id, place_id, sum(quantity)::integer as quantity from wanted group by variant_id, place_id) as s
   where l.variant_id = s.variant_id and l.place_id = s.place_id;
  perform stock.settle(v_variants, v_places);
  perform stock.tell_changed(v_variants, v_places);
end $$;

-- Takes the allocations of order lines away from a place, at most what is allocated there. `p_lost`: the goods are not there or cannot be
-- sold, so they leave what is on hand too, by a movement of this kind. `p_to`: another place serves them instead, null for none; when
-- its units are gone meanwhile the command is tried again, and finds another way. Both places' levels are locked at once, in their order [STK-5].
create function stock.reallocate(p_order uuid, p_from uuid, p_to uuid, p_order_lines uuid[], p_quantities integer[], p_cause uuid, p_lost text, p_reason text)
returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_lines uuid[]; v_variants uuid[]; v_quantities integer[]; v_from uuid[]; v_to uuid[]; v_units integer[] := p_quantities;
begin
  -- What is given up, and neither lost nor served elsewhere, gives up first what was not sent here yet, and then what waits for goods.
  if p_lost is null and p_to is null and exists (select from stock.asked where order_id = p_order and to_place_id = p_from) then
    perform stock.lock_levels(array_agg(own.variant_id), array_agg(own.place_id)) from (
      select variant_id, place_id from stock.allocation where order_id = p_order and place_id = p_from and order_line_id = any (p_order_lines)
      union select variant_id, place_id from stock.waiting where order_id = p_order and place_id = p_from and line_id = any (p_order_lines)
      union select variant_id, from_place_id from stock.asked
        where order_id = p_order and to_place_id = p_from and order_line_id = any (p_order_lines)) as own;
    v_units := stock.give_up_asked(p_order, p_order_lines, v_units, p_from);
  end if;
  if p_lost is null and p_to is null and exists (select from stock.waiting where order_id = p_order and place_id = p_from) then
    perform stock.lock_levels(array_agg(own.variant_id), array_agg(p_from)) from (
      select variant_id from stock.allocation where order_id = p_order and place_id = p_from and order_line_id = any (p_order_lines)
      union select variant_id from stock.waiting where order_id = p_order and place_id = p_from and line_id = any (p_order_lines)) as own;
    v_units := stock.give_up_waiting(p_order, p_order_lines, v_units, p_from);
  end if;
  select array_agg(a.order_line_id), array_agg(a.variant_id), array_agg(least(a.quantity, w.quantity)), array_agg(p_from), array_agg(p_to)
    into v_lines, v_variants, v_quantities, v_from, v_to
    from unnest(p_order_lines, v_units) as w(line, quantity)
    join stock.allocation a on a.order_line_id = w.line and a.place_id = p_from and a.order_id = p_order where w.quantity > 0;
  if v_lines is null then return; end if;
  perform stock.lock_levels(v_variants || case when p_to is null then '{}' else v_variants end, v_from || case when p_to is null then '{}' else v_to end);
  with wanted as (
    select * from unnest(v_lines, v_variants, v_quantities) as w(line, variant_id, quantity)
  ), ended as (
    delete from stock.allocation a using wanted w where a.order_line_id = w.line and a.place_id = p_from and a.quantity = w.quantity
  ), lowered as (
    update stock.allocation a set quantity = a.quantity - w.quantity from wanted w
     where a.order_line_id = w.line and a.place_id = p_from and a.quantity > w.quantity
  ), lost as (
    insert into stock.movement (kind, variant_id, place_id, quantity, cause_type, cause_id, line_id, reason)
    select p_lost, variant_id, p_from, -quantity, 'fulfillment', p_cause, line, p_reason from wanted where p_lost is not null
  )
  update stock.level l set allocated = l.allocated - s.quantity, on_hand = l.on_hand - case when p_lost is null then 0 else s.quantity end
    from (select variant_id, sum(quantity)::integer as quantity from wanted group by variant_id) as s
   where l.variant_id = s.variant_id and l.place_id = p_from;
  if p_to is not null then
    begin
      perform stock.take_units(p_order, null, v_variants, v_to, v_quantities, false, false);
    exception when sqlstate 'WF001' then
      raise exception 'the units of the other place are gone' using errcode = 'serialization_failure';
    end;
    insert into stock.allocation as a (order_line_id, place_id, order_id, variant_id, quantity)
    select line, p_to, p_order, variant, quantity from unnest(v_lines, v_variants, v_quantities) as t(line, variant, quantity)
    on conflict (order_line_id, place_id) do update set quantity = a.quantity + excluded.quantity;
  end if;
  perform stock.settle(v_variants, v_from);
  perform stock.tell_changed(v_variants, v_from);
end $$;

-- Goods come back on the shelf: a return, or a sale that was undone. One entry per line of the cause [STK-6].
create function stock.restock(p_return uuid, p_lines uuid[], p_variants uuid[], p_places uuid[], p_quantities integer[]) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  insert into stock.level (variant_id, place_id) select distinct v, p from unnest(p_variants, p_places) as u(v, p) order by v, p on conflict do nothing;
  perform stock.lock_levels(p_variants, p_places);
  insert into stock.movement (kind, variant_id, place_id, quantity, cause_type, cause_id, line_id)
  select 'return', variant, place, quantity, 'return', p_return, line from unnest(p_lines, p_variants, p_places, p_quantities) as t(line, variant, place, quantity);
  update stock.level l set on_hand = l.on_hand + s.quantity
    from (select v, p, sum(q)::integer as quantity from unnest(p_variants, p_places, p_quantities) as u(v, p, q) group by v, p) as s
   where l.variant_id = s.v and l.place_id = s.p;
  perform stock.settle(p_variants, p_places);
  perform stock.tell_changed(p_variants, p_places);
end $$;
