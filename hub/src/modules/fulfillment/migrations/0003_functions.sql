-- How fulfillments are planned and move on. Locks: none, only functions are made.

-- Plans one fulfillment with its lines, where it goes when it is shipped, and its slot. Of the codes offered it takes the first that opens
-- nothing else at the place [FUL-2]. Answers the position (from 1) of the code taken, 0 when none was offered; when all are taken the command
-- is tried again with others. The slot is locked after the cart and the order, and before code budgets and stock levels.
create function fulfillment.plan(p_fulfillment json, p_number text, p_lines uuid[], p_quantities integer[],
                                 p_macs bytea[], p_sealed text[], p_steps json) returns integer
language plpgsql as $$
declare f record; chosen integer := 0; candidate integer;
begin
  select * into f from json_to_record(p_fulfillment) as f(id uuid, order_id uuid, kind text, state text, record_id uuid, entity_id uuid,
    place_id uuid, channel_id uuid, business_date date, time_zone text, dining text, due_at timestamptz, promised_at timestamptz,
    placed_at timestamptz, done_at timestamptz, shipment json, slot_until timestamptz, slot json, awaits_on date);
  if cardinality(p_macs) = 0 then
    insert into fulfillment.fulfillment (id, order_id, order_number, kind, state, record_id, entity_id, place_id, channel_id, business_date,
      time_zone, dining, due_at, slot_until, promised_at, awaits_on, placed_at, done_at)
    values (f.id, f.order_id, p_number, f.kind, f.state, f.record_id, f.entity_id, f.place_id, f.channel_id, f.business_date, f.time_zone,
      f.dining, f.due_at, f.slot_until, f.promised_at, f.awaits_on, f.placed_at, f.done_at);
  else
    for candidate in 1 .. cardinality(p_macs) loop
      insert into fulfillment.fulfillment (id, order_id, order_number, kind, state, record_id, entity_id, place_id, channel_id, business_date,
        time_zone, dining, due_at, slot_until, promised_at, awaits_on, placed_at, code_mac, code_sealed)
      values (f.id, f.order_id, p_number, f.kind, f.state, f.record_id, f.entity_id, f.place_id, f.channel_id, f.business_date, f.time_zone,
        f.dining, f.due_at, f.slot_until, f.promised_at, f.awaits_on, f.placed_at, p_macs[candidate], p_sealed[candidate])
      on conflict (place_id, code_mac) where done_at is null and code_mac is not null do nothing;
      if found then chosen := candidate; exit; end if;
    end loop;
    if chosen = 0 then raise exception 'no free collection code' using errcode = 'serialization_failure'; end if;
  end if;
  insert into fulfillment.fulfillment_line (fulfillment_id, order_line_id, quantity)
  select f.id, l.id, l.quantity from unnest(p_lines, p_quantities) as l(id, quantity);
  if f.shipment is not null then
    insert into fulfillment.shipment (fulfillment_id, record_id, method_id, method_name, country, address, ship_by)
    select f.id, f.record_id, s.method_id, s.method_name, s.country, s.address, s.ship_by
    from json_to_record(f.shipment) as s(method_id uuid, method_name jsonb, country text, address jsonb, ship_by timestamptz);
  end if;
  insert into fulfillment.step (fulfillment_id, position, state, at, channel_id, place_id, staff_id, staff_name)
  select f.id, s.position, s.state, s.at, s.channel_id, s.place_id, s.staff_id, s.staff_name
  from json_to_recordset(p_steps) as s(position smallint, state text, at timestamptz, channel_id uuid, place_id uuid, staff_id uuid, staff_name text);
  if f.slot is not null then
    perform promises.take_slot(f.id, (f.slot ->> 'held_as')::uuid, f.place_id, (f.slot ->> 'starts_at')::timestamptz, f.slot, null, null);
  end if;
  return chosen;
end $$;

-- Moves a fulfillment on, with its step [FUL-1]; false when it is in none of `p_from` any more. What is ready waits until `p_until`. The place
-- has done its part when a parcel leaves, and that instant stays when it is delivered. What is canceled or rejected gives its room in a slot back.
-- Whose customer was there is known until it is done.
-- The caller has locked its order.
create function fulfillment.advance(p_id uuid, p_from text[], p_to text, p_at timestamptz, p_channel uuid, p_place uuid, p_staff uuid,
                                    p_staff_name text, p_reason text, p_proof text, p_until timestamptz) returns boolean
language plpgsql as $$
declare is_over boolean := p_to in ('collected', 'not_collected', 'dispatched', 'delivered', 'rejected', 'canceled');
begin
  update fulfillment.fulfillment
    set state = p_to, version = version + 1, done_at = case when is_over then coalesce(done_at, p_at) end,
        code_sealed = case when is_over then null else code_sealed end, collect_until = coalesce(p_until, collect_until)
    where id = p_id and state = any (p_from);
  if not found then return false; end if;
  if p_to in ('canceled', 'rejected') then
    perform promises.release_slot(p_id);
  end if;
  if is_over then
    delete from fulfillment.arrival where fulfillment_id = p_id;
  end if;
  insert into fulfillment.step (fulfillment_id, position, state, at, channel_id, place_id, staff_id, staff_name, reason, proof)
  select p_id, coalesce(max(position), 0) + 1, p_to, p_at, p_channel, p_place, p_staff, p_staff_name, p_reason, p_proof
  from fulfillment.step where fulfillment_id = p_id;
  perform orders.touch((select order_id from fulfillment.fulfillment where id = p_id));
  return true;
end $$;

-- Takes units off a fulfillment that keeps others.
create function fulfillment.take_off(p_id uuid, p_lines uuid[], p_quantities integer[]) returns void
language plpgsql as $$
begin
  delete from fulfillment.fulfillment_line l using unnest(p_lines, p_quantities) as w(id, quantity)
   where l.fulfillment_id = p_id and l.order_line_id = w.id and l.quantity = w.quantity;
  update fulfillment.fulfillment_line l set quantity = l.quantity - w.quantity from unnest(p_lines, p_quantities) as w(id, quantity)
   where l.fulfillment_id = p_id and l.order_line_id = w.id and l.quantity > w.quantity;
end $$;
