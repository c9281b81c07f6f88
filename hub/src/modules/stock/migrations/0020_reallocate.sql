-- Units promised to an order leave one place, for another or for nobody. Locks: none, only a function is made.

-- Takes the allocations of order lines away from a place, at most what is allocated there. `p_lost`: the goods are not there or cannot be
-- sold, so they leave what is on hand too, by a movement of this kind. `p_to`: another place serves them instead, null for none; when
-- its units are gone meanwhile the command is tried again, and finds another way. Both places' levels are locked at once, in their order [STK-5].
create function stock.reallocate(p_order uuid, p_from uuid, p_to uuid, p_order_lines uuid[], p_quantities integer[], p_cause uuid, p_lost text, p_reason text)
returns void language plpgsql as $$
declare v_lines uuid[]; v_variants uuid[]; v_quantities integer[]; v_from uuid[]; v_to uuid[];
begin
  select array_agg(a.order_line_id), array_agg(a.variant_id), array_agg(least(a.quantity, w.quantity)), array_agg(p_from), array_agg(p_to)
    into v_lines, v_variants, v_quantities, v_from, v_to
    from unnest(p_order_lines, p_quantities) as w(line, quantity)
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
  perform stock.settle_conflicts(v_variants, v_from);
  perform stock.tell_changed(v_variants, v_from);
end $$;
alter function stock.reallocate(uuid, uuid, uuid, uuid[], integer[], uuid, text, text)
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off;
