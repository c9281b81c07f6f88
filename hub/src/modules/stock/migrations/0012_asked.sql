-- Goods of one place that an order has asked for at another one, where its customer fetches them [STK-17]. They are allocated to the order
-- where they lie until that place sends them; from then on the order waits for them where they go. A table of its own, so that an order that asks
-- for nothing costs no statement more. Locks: none that matter, the table is new.
create table stock.asked (
  order_line_id  uuid not null,
  from_place_id  uuid not null,
  to_place_id    uuid not null,
  order_id       uuid not null,
  variant_id     uuid not null,
  quantity       integer not null check (quantity > 0),
  due_on         date not null,                                    -- what was promised, on the calendar of the place where they go
  asked_at       timestamptz not null default now(),
  primary key (order_line_id, from_place_id),
  check (from_place_id <> to_place_id)
);
create index asked_of_order on stock.asked (order_id);
create index asked_from on stock.asked (from_place_id, to_place_id);

create view stock.read_asked as
  select order_id, order_line_id, variant_id, from_place_id, to_place_id, quantity, due_on, asked_at from stock.asked;
comment on view stock.read_asked is 'not null: order_id, order_line_id, variant_id, from_place_id, to_place_id, quantity, due_on, asked_at';

-- Tells the places which send that somebody asked, or asks no more. Internal.
create function stock.tell_asked(p_variants uuid[], p_places uuid[]) returns void language sql as $$
  select platform.publish(uuidv7(), 'stock.asked_changed.v1', 'asked/' || p, jsonb_build_object('placeId', p))
    from (select distinct unnest(p_places) as p) as places
$$;

-- What an order asks for; its completion has allocated it.
create function stock.ask_for(p_order uuid, p_lines uuid[], p_variants uuid[], p_from uuid[], p_to uuid[], p_quantities integer[], p_due_on date[])
returns void language plpgsql as $$
begin
  insert into stock.asked (order_line_id, from_place_id, to_place_id, order_id, variant_id, quantity, due_on)
  select line, f, t, p_order, variant, quantity, due_on
    from unnest(p_lines, p_variants, p_from, p_to, p_quantities, p_due_on) as u(line, variant, f, t, quantity, due_on);
  perform stock.tell_asked(p_variants, p_from);
end $$;

-- Takes units off what is allocated to lines of orders at places, under their locked levels. Internal.
create function stock.take_off_allocated(p_lines uuid[], p_places uuid[], p_quantities integer[]) returns void language plpgsql as $$
begin
  with wanted as (
    select a.order_line_id as line, a.place_id as place, a.variant_id, t.quantity, a.quantity as allocated
      from unnest(p_lines, p_places, p_quantities) as t(line, place, quantity)
      join stock.allocation a on a.order_line_id = t.line and a.place_id = t.place
  ), ended as (
    delete from stock.allocation a using wanted w where a.order_line_id = w.line and a.place_id = w.place and w.quantity = w.allocated
  ), lowered as (
    update stock.allocation a set quantity = a.quantity - w.quantity from wanted w
     where a.order_line_id = w.line and a.place_id = w.place and w.quantity < w.allocated
  )
  update stock.level l set allocated = l.allocated - s.quantity
    from (select variant_id, place, sum(quantity)::integer as quantity from wanted group by variant_id, place) as s
   where l.variant_id = s.variant_id and l.place_id = s.place;
end $$;

-- Gives up units that an order asked for and that were not sent yet: nobody has to carry anything back. Answers what of the quantities is left to
-- be taken from elsewhere; null stays null, which is all. `p_to`: only what was to go there. The levels are locked by the caller. Internal.
create function stock.give_up_asked(p_order uuid, p_order_lines uuid[], p_quantities integer[], p_to uuid default null)
returns integer[] language plpgsql as $$
declare a record; v_nth integer; v_units integer; v_rest integer[] := p_quantities;
begin
  for a in select order_line_id, from_place_id, variant_id, quantity from stock.asked
            where order_id = p_order and (p_order_lines is null or order_line_id = any (p_order_lines)) and (p_to is null or to_place_id = p_to)
            order by variant_id, from_place_id loop
    v_nth := array_position(p_order_lines, a.order_line_id);
    v_units := least(a.quantity, coalesce(v_rest[v_nth], a.quantity));
    continue when v_units = 0;
    if v_units = a.quantity then
      delete from stock.asked where order_line_id = a.order_line_id and from_place_id = a.from_place_id;
    else
      update stock.asked set quantity = quantity - v_units where order_line_id = a.order_line_id and from_place_id = a.from_place_id;
    end if;
    perform stock.take_off_allocated(array[a.order_line_id], array[a.from_place_id], array[v_units]);
    perform stock.settle(array[a.variant_id], array[a.from_place_id]);
    perform stock.tell_changed(array[a.variant_id], array[a.from_place_id]);
    perform stock.tell_asked(array[a.variant_id], array[a.from_place_id]);
    if v_rest is not null then v_rest[v_nth] := v_rest[v_nth] - v_units; end if;
  end loop;
  return v_rest;
end $$;

-- What was asked for at a place, to go to another one, is about to be sent: it is nobody's there any more, and the orders wait for it where it goes,
-- until `p_expected_on` or until the day that was promised. Answers the units that the transfer takes.
create function stock.send_asked(p_from uuid, p_to uuid, p_lines uuid[], p_expected_on date) returns table (variant_id uuid, quantity integer)
language plpgsql as $$
#variable_conflict use_column
declare v_lines uuid[]; v_variants uuid[]; v_quantities integer[]; v_from uuid[]; v_to uuid[];
begin
  select array_agg(variant_id), array_agg(p_from), array_agg(p_to) into v_variants, v_from, v_to
    from stock.asked where from_place_id = p_from and to_place_id = p_to and order_line_id = any (p_lines);
  if v_variants is null then return; end if;
  insert into stock.level (variant_id, place_id) select distinct v, p_to from unnest(v_variants) as u(v) order by v on conflict do nothing;
  perform stock.lock_levels(v_variants || v_variants, v_from || v_to);
  -- Whoever gives something up has locked its level: what was given up until now is not sent.
  select array_agg(order_line_id), array_agg(variant_id), array_agg(quantity), array_agg(p_from), array_agg(p_to)
    into v_lines, v_variants, v_quantities, v_from, v_to
    from stock.asked where from_place_id = p_from and to_place_id = p_to and order_line_id = any (p_lines);
  if v_lines is null then return; end if;
  perform stock.take_off_allocated(v_lines, v_from, v_quantities);
  insert into stock.waiting as w (line_id, place_id, variant_id, quantity, order_id, due_on, is_ahead)
  select order_line_id, p_to, variant_id, quantity, order_id, coalesce(p_expected_on, due_on), false
    from stock.asked where from_place_id = p_from and order_line_id = any (v_lines)
  on conflict (line_id, place_id) do update set quantity = w.quantity + excluded.quantity, due_on = greatest(w.due_on, excluded.due_on);
  delete from stock.asked where from_place_id = p_from and order_line_id = any (v_lines);
  perform stock.serve_waiting(v_variants, v_to);
  perform stock.tell_asked(v_variants, v_from);
  -- The day may be another one than was promised: whoever waits there is told.
  perform platform.publish(uuidv7(), 'stock.ahead_changed.v1', 'level/' || v || '/' || p_to, jsonb_build_object('variantId', v, 'placeId', p_to))
    from (select distinct unnest(v_variants) as v) as changed;
  return query select v, sum(q)::integer from unnest(v_variants, v_quantities) as sent(v, q) group by v;
end $$;

-- Lines of orders wait at a place for what does not come: they are owed it there, as what a sale took [STK-3], and what is not on hand is a conflict
-- [STK-18]. Fulfillment is told, so that nobody thinks that the goods came. The levels are locked by the caller. Internal.
create function stock.miss_awaited(p_place uuid, p_lines uuid[], p_cause_type text, p_cause uuid, p_reason text) returns void language plpgsql as $$
declare v_variants uuid[]; v_orders uuid[]; v_lines uuid[]; v_quantities integer[];
begin
  with gone as (
    delete from stock.waiting where place_id = p_place and line_id = any (p_lines) and not is_ahead returning variant_id, order_id, line_id, quantity
  )
  select array_agg(variant_id), array_agg(order_id), array_agg(line_id), array_agg(quantity) into v_variants, v_orders, v_lines, v_quantities from gone;
  if v_variants is null then return; end if;
  insert into stock.allocation as a (order_line_id, place_id, order_id, variant_id, quantity)
  select line, p_place, o, v, q from unnest(v_variants, v_orders, v_lines, v_quantities) as t(v, o, line, q)
  on conflict (order_line_id, place_id) do update set quantity = a.quantity + excluded.quantity;
  with owed as (
    update stock.level l set allocated = l.allocated + t.q
      from (select v, sum(q)::integer as q from unnest(v_variants, v_quantities) as u(v, q) group by v) as t
     where l.variant_id = t.v and l.place_id = p_place
    returning l.variant_id, t.q, l.on_hand - l.allocated - l.held as unpromised
  )
  insert into stock.conflict (variant_id, place_id, missing, cause_type, cause_id, reason)
  select variant_id, p_place, least(q, -unpromised), p_cause_type, p_cause, p_reason from owed where unpromised < 0;
  perform platform.publish(uuidv7(), 'stock.missed.v1', 'level/' || v || '/' || p_place, jsonb_build_object(
      'orderId', o, 'lineId', line, 'variantId', v, 'placeId', p_place, 'quantity', q))
    from unnest(v_variants, v_orders, v_lines, v_quantities) as t(v, o, line, q);
  perform stock.tell_changed(v_variants, array_fill(p_place, array[cardinality(v_variants)]));
end $$;

-- A transfer came short or was taken back: what still is on its way to the place goes to those who were promised it first; the others wait for
-- nothing any more [STK-18].
create function stock.miss_what_came_short(p_document uuid, p_place uuid, p_variants uuid[]) returns void language plpgsql as $$
declare v_lines uuid[];
begin
  -- Almost never, so it is asked first.
  if not exists (select from stock.waiting where place_id = p_place and variant_id = any (p_variants) and order_id is not null and not is_ahead) then
    return;
  end if;
  perform stock.lock_levels(p_variants, array_fill(p_place, array[cardinality(p_variants)]));
  select array_agg(line_id) into v_lines from (
    select w.line_id, sum(w.quantity) over (partition by w.variant_id order by w.due_on, w.since, w.line_id) as behind, coalesce(i.quantity, 0) as coming
      from stock.waiting w left join stock.read_incoming i on i.variant_id = w.variant_id and i.place_id = w.place_id
     where w.place_id = p_place and w.variant_id = any (p_variants) and w.order_id is not null and not w.is_ahead) as those
   where behind > coming;
  perform stock.miss_awaited(p_place, v_lines, 'document', p_document, null);
end $$;

-- A place does not send what orders have asked it for: it is free there, and owed where it was to go, out of what that place has itself or as a
-- conflict [STK-18]. Answers how many units.
create function stock.decline_asked(p_from uuid, p_to uuid, p_lines uuid[], p_reason text) returns integer language plpgsql as $$
declare v_lines uuid[]; v_variants uuid[]; v_quantities integer[]; v_from uuid[]; v_to uuid[];
begin
  select array_agg(variant_id), array_agg(p_from), array_agg(p_to) into v_variants, v_from, v_to
    from stock.asked where from_place_id = p_from and to_place_id = p_to and order_line_id = any (p_lines);
  if v_variants is null then return 0; end if;
  insert into stock.level (variant_id, place_id) select distinct v, p_to from unnest(v_variants) as u(v) order by v on conflict do nothing;
  perform stock.lock_levels(v_variants || v_variants, v_from || v_to);
  -- As in `send_asked`: what was given up until now is asked for no more.
  with declined as (
    delete from stock.asked where from_place_id = p_from and to_place_id = p_to and order_line_id = any (p_lines)
    returning order_line_id, variant_id, quantity, order_id, due_on
  ), waits as (
    insert into stock.waiting as w (line_id, place_id, variant_id, quantity, order_id, due_on, is_ahead)
    select order_line_id, p_to, variant_id, quantity, order_id, due_on, false from declined
    on conflict (line_id, place_id) do update set quantity = w.quantity + excluded.quantity
  )
  select array_agg(order_line_id), array_agg(variant_id), array_agg(quantity), array_agg(p_from), array_agg(p_to)
    into v_lines, v_variants, v_quantities, v_from, v_to from declined;
  if v_lines is null then return 0; end if;
  perform stock.take_off_allocated(v_lines, v_from, v_quantities);
  perform stock.settle(v_variants || v_variants, v_from || v_to);
  perform stock.tell_changed(v_variants, v_from);
  perform stock.miss_awaited(p_to, v_lines, 'declined', p_from, p_reason);
  perform stock.tell_asked(v_variants, v_from);
  return (select sum(q)::integer from unnest(v_quantities) as u(q));
end $$;
