-- The gate from cart to order. It owns no goods, money or points: it composes the published functions of the modules below, so that
-- a completion is one read and one write although eight modules take part. Locks: none that matter, the table is new.

-- A completion that waits for an outside provider: kept, so that a late answer or a restart goes on from here, never from the start.
create table checkout.attempt (
  id            uuid primary key,
  cart_id       uuid not null,
  state         text not null default 'charging' check (state in ('charging', 'placed', 'failed')),
  intent_ids    uuid[] not null,
  record_id     uuid,
  body          jsonb,                       -- what was asked; emptied when it has ended, because it may name somebody
  actor         jsonb not null,              -- who asked, on which channel and where
  request       jsonb,                       -- the idempotency key that waits for the answer
  error         jsonb,                       -- why it failed
  order_id      uuid,
  created_at    timestamptz not null,
  resume_after  timestamptz not null,
  ended_at      timestamptz,
  check ((state = 'charging') = (ended_at is null)),
  check ((state = 'placed') = (order_id is not null))
) with (fillfactor = 70);
-- One attempt of a cart at a time [CHK-3].
create unique index attempt_of_cart on checkout.attempt (cart_id) where state = 'charging';
create index attempt_to_resume on checkout.attempt (resume_after) where state = 'charging';
create index attempt_of_record on checkout.attempt (record_id) where record_id is not null;

-- Turns a cart into an order: everything or nothing [CHK-1]. Lock order: cart, order, fulfillment, code budgets, stock levels, balances.
-- Whoever burns points locks their customer after the cart, so that no merge changes under it whose points these are [LOY-3].
-- `p_values` is null for everybody who neither pays with store credit or a gift card nor buys one [CHK-17]; what it locks are balances, so it
-- comes behind stock and before points. Raises WF002 when the cart is not in the version that was priced, WF001 when stock is short, WF010 when a
-- code is used up, WF011 when the points are not there, WF012 when a reward has changed, WF040 when there is too little stored value, WF041 when
-- a gift card was blocked. The statements of all the modules that it calls are planned once per connection:
-- PostgreSQL chose to plan those with arrays anew for every order.
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

-- Codes with a limit per customer are counted over all linked records: one completion of a customer with such codes at a time. Internal.
create function checkout.use_codes(p_order uuid, p_record uuid, p_code_ids uuid[], p_amounts bigint[], p_enforce boolean) returns void
language plpgsql as $$
declare v_records uuid[];
begin
  if pricing.has_customer_limit(p_code_ids) then
    v_records := array(select customers.records_of(p_record));
    perform pg_advisory_xact_lock(hashtextextended('codes ' || (select min(r::text) from unnest(v_records) as r), 0));
  end if;
  perform pricing.use_codes(p_order, p_record, v_records, p_code_ids, p_amounts, p_enforce);
end $$;

-- Before an outside provider is asked [CHK-3]: the cart takes no more changes, what it needs is held past the provider's time limit,
-- and the intents stand, so that whatever the provider does can be asked for. Raises WF002 and WF001 as `complete` does.
create function checkout.begin(
  p_attempt json, p_cart uuid, p_version integer, p_intents json,
  p_stock_lines uuid[], p_variants uuid[], p_places uuid[], p_quantities integer[], p_hold_minutes integer
) returns void
language plpgsql as $$
declare v_short jsonb;
begin
  if not carts.begin_completion(p_cart, p_version) then
    raise exception 'the cart has changed' using errcode = 'WF002';
  end if;
  perform payments.open_intents(p_intents);
  insert into checkout.attempt (id, cart_id, intent_ids, record_id, body, actor, request, created_at, resume_after)
  select a.id, p_cart, a.intent_ids, a.record_id, a.body, a.actor, a.request, a.created_at, a.resume_after
  from json_to_record(p_attempt) as a(id uuid, intent_ids uuid[], record_id uuid, body jsonb, actor jsonb, request jsonb,
    created_at timestamptz, resume_after timestamptz);
  select jsonb_agg(jsonb_build_object('variantId', w.variant, 'placeId', w.place, 'requested', w.quantity, 'available', h.available))
    into v_short
    from stock.hold_lines(p_cart, p_stock_lines, p_variants, p_places, p_quantities, p_hold_minutes, p_hold_minutes) h
    join unnest(p_stock_lines, p_variants, p_places, p_quantities) as w(line, variant, place, quantity) on w.line = h.line_id
    where not h.granted;
  if v_short is not null then
    raise exception 'stock.insufficient' using errcode = 'WF001', detail = jsonb_build_object('lines', v_short)::text;
  end if;
  perform stock.hold_for_payment(p_cart, p_hold_minutes);
end $$;

-- Ends an attempt that cannot become an order: the cart takes changes again and holds nothing [CHK-5]. False when it has ended already.
-- The cart is locked first, as everywhere; raises WF005 when the attempt ended while this waited for that lock.
create function checkout.fail(p_attempt uuid, p_error jsonb, p_at timestamptz) returns boolean
language plpgsql as $$
declare v_cart uuid := (select cart_id from checkout.attempt where id = p_attempt and state = 'charging');
begin
  if v_cart is null then return false; end if;
  perform carts.fail_completion(v_cart);
  update checkout.attempt set state = 'failed', error = p_error, body = null, ended_at = p_at where id = p_attempt and state = 'charging';
  if not found then raise exception 'the attempt has ended' using errcode = 'WF005'; end if;
  perform stock.release_cart(v_cart);
  return true;
end $$;
