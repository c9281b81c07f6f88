-- Goods that are sold before they are there: how many, from where, until when they come, and who waits for them. A table of its own and no
-- columns of the level, so that goods that nobody sells ahead cost a sale nothing. Locks: none that matter, the tables are new.
create table stock.ahead (
  variant_id  uuid not null,
  place_id    uuid not null,
  kind        text not null check (kind in ('backorder', 'preorder')),
  most        integer not null check (most >= 0),                  -- units that may wait at once; 0: sold ahead no more
  taken       integer not null default 0 check (taken >= 0),       -- units that wait as sold ahead, of carts and of orders [STK-13]
  comes_on    date,                                                -- on the calendar of the place
  in_days     integer check (in_days between 1 and 365),           -- or so many days after it was ordered
  set_at      timestamptz not null default now(),
  set_by      uuid,
  primary key (variant_id, place_id),
  check (num_nonnulls(comes_on, in_days) = 1),
  check (kind = 'backorder' or comes_on is not null)
);

-- Units that somebody waits for, under the id of their line: first of the cart, then of the order.
create table stock.waiting (
  line_id     uuid not null,
  place_id    uuid not null,
  variant_id  uuid not null,
  quantity    integer not null check (quantity > 0),
  cart_id     uuid,
  order_id    uuid,
  due_on      date not null,                                       -- what was promised
  not_before  timestamptz,                                         -- of what is not on the market yet [STK-15]
  since       timestamptz not null default now(),
  expires_at  timestamptz,                                         -- of a cart
  is_ahead    boolean not null default true,                       -- counts among what is sold ahead; false: it was promised off the shelf [STK-16]
  primary key (line_id, place_id),
  check (num_nonnulls(cart_id, order_id) = 1),
  check ((cart_id is not null) = (expires_at is not null))
);
create index waiting_of_level on stock.waiting (variant_id, place_id);
create index waiting_of_order on stock.waiting (order_id) where order_id is not null;
create index waiting_of_cart on stock.waiting (cart_id) where cart_id is not null;
create index waiting_expiry on stock.waiting (expires_at) where expires_at is not null;
create index waiting_release on stock.waiting (not_before) where not_before is not null;

-- What orders wait for, for whoever works on them.
create view stock.read_waiting as
  select order_id, line_id, place_id, variant_id, quantity, due_on from stock.waiting where order_id is not null;
comment on view stock.read_waiting is 'not null: order_id, line_id, place_id, variant_id, quantity, due_on';

-- What carts wait for while their payment is asked for.
create view stock.read_waiting_cart as
  select cart_id, line_id, place_id, quantity from stock.waiting where cart_id is not null and expires_at > now();
comment on view stock.read_waiting_cart is 'not null: cart_id, line_id, place_id, quantity';

-- On which terms goods are sold ahead, and how many more.
create view stock.read_ahead as
  select a.variant_id, a.place_id, a.kind, a.most, a.taken, a.comes_on, a.in_days,
    greatest(0, a.most - a.taken + coalesce((select sum(w.quantity) from stock.waiting w
      where w.variant_id = a.variant_id and w.place_id = a.place_id and w.expires_at <= now()), 0))::integer as "left"
  from stock.ahead a;
comment on view stock.read_ahead is 'not null: variant_id, place_id, kind, most, taken, left';

-- Sets on which terms goods are sold ahead at a place. A new date is the date of all who wait there; what may leave by now is given to them.
create function stock.set_ahead(p_variant uuid, p_place uuid, p_kind text, p_most integer, p_comes_on date, p_in_days integer,
                                p_not_before timestamptz, p_staff uuid) returns void language plpgsql as $$
begin
  insert into stock.level (variant_id, place_id) values (p_variant, p_place) on conflict do nothing;
  perform stock.lock_levels(array[p_variant], array[p_place]);
  insert into stock.ahead as a (variant_id, place_id, kind, most, comes_on, in_days, set_by)
  values (p_variant, p_place, p_kind, p_most, p_comes_on, p_in_days, p_staff)
  on conflict (variant_id, place_id) do update set kind = excluded.kind, most = excluded.most, comes_on = excluded.comes_on,
    in_days = excluded.in_days, set_at = now(), set_by = excluded.set_by;
  update stock.waiting set due_on = coalesce(p_comes_on, due_on), not_before = p_not_before
   where variant_id = p_variant and place_id = p_place and is_ahead;
  perform stock.serve_waiting(array[p_variant], array[p_place]);
  perform platform.publish(uuidv7(), 'stock.ahead_changed.v1', 'level/' || p_variant || '/' || p_place,
    jsonb_build_object('variantId', p_variant, 'placeId', p_place));
  perform stock.tell_changed(array[p_variant], array[p_place]);
end $$;

-- Frees what carts wait for whose time has passed; the terms are locked in (variant, place) order, always after levels [STK-5]. Internal.
create function stock.lock_ahead(p_variants uuid[], p_places uuid[]) returns void language plpgsql as $$
begin
  perform from stock.ahead a join (select distinct v, p from unnest(p_variants, p_places) as u(v, p)) as u on a.variant_id = u.v and a.place_id = u.p
    order by a.variant_id, a.place_id for update of a;
  with gone as (
    delete from stock.waiting w using (select distinct v, p from unnest(p_variants, p_places) as u(v, p)) as u
     where w.variant_id = u.v and w.place_id = u.p and w.expires_at <= now() returning w.variant_id, w.place_id, w.quantity
  )
  update stock.ahead a set taken = a.taken - g.quantity
    from (select variant_id, place_id, sum(quantity)::integer as quantity from gone group by variant_id, place_id) as g
   where a.variant_id = g.variant_id and a.place_id = g.place_id;
end $$;

-- While its payment is asked for, units of lines of a cart wait for goods. The guarded update decides: of two that race for the last one, one is
-- refused [STK-13]. Raises WF001 as `take_units` does.
create function stock.wait_in_cart(p_cart uuid, p_lines uuid[], p_variants uuid[], p_places uuid[], p_quantities integer[],
                                   p_due_on date[], p_not_before timestamptz[], p_minutes integer) returns void language plpgsql as $$
declare w record; v_own integer; v_short jsonb := '[]';
begin
  perform stock.lock_ahead(p_variants, p_places);
  for w in select * from unnest(p_lines, p_variants, p_places, p_quantities, p_due_on, p_not_before)
             as t(line, variant, place, quantity, due_on, not_before) order by variant, place, line loop
    v_own := coalesce((select s.quantity from stock.waiting s where s.line_id = w.line and s.place_id = w.place and s.cart_id = p_cart), 0);
    update stock.ahead a set taken = a.taken + w.quantity - v_own
     where a.variant_id = w.variant and a.place_id = w.place and (w.quantity <= v_own or a.taken + w.quantity - v_own <= a.most);
    if found then
      insert into stock.waiting as s (line_id, place_id, variant_id, quantity, cart_id, due_on, not_before, expires_at)
      values (w.line, w.place, w.variant, w.quantity, p_cart, w.due_on, w.not_before, now() + make_interval(mins => p_minutes))
      on conflict on constraint waiting_pkey do update set quantity = excluded.quantity, due_on = excluded.due_on,
        not_before = excluded.not_before, expires_at = greatest(s.expires_at, excluded.expires_at);
    else
      v_short := v_short || (select jsonb_build_object('variantId', w.variant, 'placeId', w.place, 'requested', w.quantity,
        'available', v_own + greatest(0, coalesce(max(a.most - a.taken), 0))) from stock.ahead a where a.variant_id = w.variant and a.place_id = w.place);
    end if;
  end loop;
  if v_short <> '[]' then
    raise exception 'stock.insufficient' using errcode = 'WF001', detail = jsonb_build_object('lines', v_short)::text;
  end if;
end $$;

-- Gives back what a cart waits for. Internal.
create function stock.end_waiting_of_cart(p_cart uuid) returns void language plpgsql as $$
declare v_variants uuid[]; v_places uuid[];
begin
  select array_agg(variant_id), array_agg(place_id) into v_variants, v_places from stock.waiting where cart_id = p_cart;
  if v_variants is null then return; end if;
  perform stock.lock_ahead(v_variants, v_places);
  with gone as (
    delete from stock.waiting where cart_id = p_cart returning variant_id, place_id, quantity
  )
  update stock.ahead a set taken = a.taken - g.quantity
    from (select variant_id, place_id, sum(quantity)::integer as quantity from gone group by variant_id, place_id) as g
   where a.variant_id = g.variant_id and a.place_id = g.place_id;
end $$;

-- What an order waits for from now on: what its cart waited for becomes the order's, the rest must be left, and all else that the cart waited
-- for ends. Raises WF001 as `take_units` does. The completion has locked the levels, so that goods that come now are not missed.
create function stock.wait_in_order(p_order uuid, p_cart uuid, p_lines uuid[], p_variants uuid[], p_places uuid[], p_quantities integer[],
                                    p_due_on date[], p_not_before timestamptz[]) returns void language plpgsql as $$
begin
  perform stock.wait_in_cart(p_cart, p_lines, p_variants, p_places, p_quantities, p_due_on, p_not_before, 1);
  update stock.waiting w set cart_id = null, order_id = p_order, expires_at = null, since = now()
    from unnest(p_lines, p_places) as t(line, place) where w.line_id = t.line and w.place_id = t.place and w.cart_id = p_cart;
  perform stock.end_waiting_of_cart(p_cart);
end $$;

-- Gives what is free at levels to the orders that wait there, the earliest promise first, then who ordered first [STK-14]; what is not on the
-- market yet stays [STK-15]. The levels are locked by the caller. Internal.
create function stock.serve_waiting(p_variants uuid[], p_places uuid[]) returns void language plpgsql as $$
declare w record; v_free integer;
begin
  for w in
    select s.line_id, s.place_id, s.variant_id, s.order_id, s.quantity from stock.waiting s
      join (select distinct v, p from unnest(p_variants, p_places) as u(v, p)) as u on s.variant_id = u.v and s.place_id = u.p
     where s.order_id is not null and (s.not_before is null or s.not_before <= now())
     order by s.variant_id, s.place_id, s.due_on, s.since, s.line_id
  loop
    select least(w.quantity, l.on_hand - l.allocated - l.held - l.safety) into v_free
      from stock.level l where l.variant_id = w.variant_id and l.place_id = w.place_id;
    continue when v_free <= 0;
    update stock.level set allocated = allocated + v_free where variant_id = w.variant_id and place_id = w.place_id;
    insert into stock.allocation as a (order_line_id, place_id, order_id, variant_id, quantity)
    values (w.line_id, w.place_id, w.order_id, w.variant_id, v_free)
    on conflict (order_line_id, place_id) do update set quantity = a.quantity + excluded.quantity;
    perform stock.wait_no_more(w.line_id, w.place_id, v_free);
  end loop;
end $$;

-- Units of an order line that wait no more, because the goods are there or because they were given up, with the fact. Internal.
create function stock.wait_no_more(p_line uuid, p_place uuid, p_quantity integer) returns void language plpgsql as $$
declare w record;
begin
  select * into w from stock.waiting where line_id = p_line and place_id = p_place;
  if w.quantity = p_quantity then
    delete from stock.waiting where line_id = p_line and place_id = p_place;
  else
    update stock.waiting set quantity = quantity - p_quantity where line_id = p_line and place_id = p_place;
  end if;
  update stock.ahead set taken = taken - p_quantity where variant_id = w.variant_id and place_id = w.place_id and w.is_ahead;
  perform platform.publish(uuidv7(), 'stock.waited.v1', 'level/' || w.variant_id || '/' || w.place_id, jsonb_build_object(
    'orderId', w.order_id, 'lineId', p_line, 'variantId', w.variant_id, 'placeId', w.place_id, 'quantity', p_quantity));
end $$;

-- Gives up units of an order that wait: nobody has to put anything back on a shelf. Answers what of the quantities is left to be taken from
-- what is allocated; null stays null, which is all. The levels are locked by the caller. Internal.
create function stock.give_up_waiting(p_order uuid, p_order_lines uuid[], p_quantities integer[], p_place uuid default null)
returns integer[] language plpgsql as $$
declare w record; v_nth integer; v_units integer; v_rest integer[] := p_quantities;
begin
  for w in select line_id, place_id, quantity from stock.waiting
            where order_id = p_order and (p_order_lines is null or line_id = any (p_order_lines)) and (p_place is null or place_id = p_place)
            order by variant_id, place_id loop
    v_nth := array_position(p_order_lines, w.line_id);
    v_units := least(w.quantity, coalesce(v_rest[v_nth], w.quantity));
    continue when v_units = 0;
    perform stock.wait_no_more(w.line_id, w.place_id, v_units);
    if v_rest is not null then v_rest[v_nth] := v_rest[v_nth] - v_units; end if;
  end loop;
  return v_rest;
end $$;

-- What came onto the market is given to those who wait for it [STK-15]; also frees what carts waited for too long. Answers how many levels.
create function stock.serve_released() returns integer language plpgsql as $$
declare v_variants uuid[]; v_places uuid[];
begin
  select array_agg(variant_id), array_agg(place_id) into v_variants, v_places
    from (select distinct variant_id, place_id from stock.waiting where not_before <= now() and order_id is not null) as w;
  if v_variants is not null then
    perform stock.lock_levels(v_variants, v_places);
    perform stock.serve_waiting(v_variants, v_places);
  end if;
  return coalesce(cardinality(v_variants), 0);
end $$;

-- Units that an order was promised off the shelf, and that are missing, wait for goods instead [STK-16]. `p_is_ahead`: they come with what is
-- sold ahead and count there; when that was sold meanwhile the command is tried again, and finds another day. A line that waits already is not
-- asked for. Ends the conflict that they were missing in, where the level can serve all that is promised now.
create function stock.wait_instead(p_order uuid, p_place uuid, p_lines uuid[], p_quantities integer[], p_due_on date, p_is_ahead boolean)
returns void language plpgsql as $$
declare v_variants uuid[]; v_places uuid[]; v_units integer;
begin
  select array_agg(a.variant_id), array_agg(a.place_id), sum(least(a.quantity, t.quantity))::integer into v_variants, v_places, v_units
    from unnest(p_lines, p_quantities) as t(line, quantity)
    join stock.allocation a on a.order_line_id = t.line and a.place_id = p_place and a.order_id = p_order;
  if v_variants is null then return; end if;
  perform stock.lock_levels(v_variants, v_places);
  if p_is_ahead then
    perform stock.lock_ahead(v_variants, v_places);
    update stock.ahead set taken = taken + v_units
     where variant_id = any (v_variants) and place_id = p_place and taken + v_units <= most;
    if not found then raise exception 'what is sold ahead is sold' using errcode = 'serialization_failure'; end if;
  end if;
  with wanted as (
    select a.order_line_id as line, a.variant_id, least(a.quantity, t.quantity) as quantity, a.quantity as allocated
      from unnest(p_lines, p_quantities) as t(line, quantity)
      join stock.allocation a on a.order_line_id = t.line and a.place_id = p_place and a.order_id = p_order
  ), ended as (
    delete from stock.allocation a using wanted w where a.order_line_id = w.line and a.place_id = p_place and w.quantity = w.allocated
  ), lowered as (
    update stock.allocation a set quantity = a.quantity - w.quantity from wanted w
     where a.order_line_id = w.line and a.place_id = p_place and w.quantity < w.allocated
  ), waits as (
    insert into stock.waiting (line_id, place_id, variant_id, quantity, order_id, due_on, is_ahead)
    select line, p_place, variant_id, quantity, p_order, p_due_on, p_is_ahead from wanted
  )
  update stock.level l set allocated = l.allocated - s.quantity
    from (select variant_id, sum(quantity)::integer as quantity from wanted group by variant_id) as s
   where l.variant_id = s.variant_id and l.place_id = p_place;
  perform stock.settle(v_variants, v_places);
  perform stock.tell_changed(v_variants, v_places);
end $$;
