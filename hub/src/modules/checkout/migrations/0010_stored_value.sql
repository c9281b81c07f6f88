-- A completion that moves stored value besides [CHK-17]: `p_values` is null for everybody who neither pays with store credit or a gift card nor
-- buys one. What it locks are balances, so it comes behind stock and before points. Locks: none, only the function is made anew.
-- Raises WF040 when there is too little of it, WF041 when a gift card was blocked, and what it raised before.
drop function checkout.complete(uuid, integer, uuid, uuid, timestamptz, boolean, json, json, json, json, uuid, jsonb, json, json, json, uuid[],
  integer[], bytea[], text[], json, uuid[], bigint[], uuid[], uuid[], uuid[], integer[], boolean, json);
create function checkout.complete(
  p_cart uuid, p_version integer, p_record uuid, p_order_id uuid, p_at timestamptz, p_recorded boolean,
  p_order json, p_lines json, p_contributions json, p_contact json, p_event_id uuid, p_event jsonb,
  p_tenders json, p_approved json,
  p_fulfillment json, p_line_ids uuid[], p_line_quantities integer[], p_macs bytea[], p_sealed text[], p_steps json,
  p_code_ids uuid[], p_code_amounts bigint[],
  p_stock_lines uuid[], p_variants uuid[], p_places uuid[], p_quantities integer[], p_sells boolean,
  p_points json, p_values json
) returns table (number text, state text, payment_state text, fulfillment_state text, code_position integer)
language plpgsql set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare v_number text; v_code_position integer;
begin
  if not carts.complete(p_cart, p_version, p_order_id, p_at) then
    raise exception 'the cart has changed' using errcode = 'WF002';
  end if;
  if p_points ->> 'burned' is not null or p_values -> 'spent' is not null then
    perform customers.lock_customer(p_record);
  end if;
  v_number := orders.place(p_order, p_lines, p_contributions, p_contact, p_event_id, p_event);
  perform payments.record(p_order_id, p_tenders, p_approved);
  v_code_position := fulfillment.plan(p_fulfillment, v_number, p_line_ids, p_line_quantities, p_macs, p_sealed, p_steps);

  if cardinality(p_code_ids) > 0 then
    perform checkout.use_codes(p_order_id, p_record, p_code_ids, p_code_amounts, not p_recorded);
  end if;
  if p_sells then
    perform stock.sell_now(p_order_id, p_cart, p_stock_lines, p_variants, p_places, p_quantities, p_recorded);
  else
    perform stock.allocate(p_order_id, p_cart, p_stock_lines, p_variants, p_places, p_quantities, p_recorded);
  end if;
  if p_values is not null then
    perform payments.move_values(p_order_id, p_record, p_at, p_recorded, p_values::jsonb);
  end if;
  if p_points is not null then
    perform loyalty.move_for_sale(p_order_id, p_at, p_recorded, p_points::jsonb);
  end if;
  return query select o.number, o.state, o.payment_state, o.fulfillment_state, v_code_position from orders.read_state o where o.id = p_order_id;
end $$;
