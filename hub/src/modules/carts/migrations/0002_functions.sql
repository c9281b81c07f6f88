-- How a cart is read, what `checkout` composes, and the one write of an operations call. Locks: none, only functions are made.

-- What is offered beside a cart: the lines of the customer's earlier one, as long as that is open. Internal.
create function carts.earlier_of(p_cart uuid, p_earlier uuid) returns json language sql stable as $$
  select json_build_object('cartId', e.id, 'recordId', e.record_id,
    'undoUntil', (select max(a.undo_until) from carts.adoption a where a.cart_id = p_cart and a.undone_at is null),
    'lines', (select coalesce(json_agg(json_build_object('id', l.id, 'sku', l.sku, 'variantId', l.variant_id, 'productId', l.product_id,
        'options', l.options, 'quantity', l.quantity, 'note', l.note) order by l.position), '[]') from carts.cart_line l where l.cart_id = e.id and l.top_up is null))
  from carts.cart e where e.id = p_earlier and e.state = 'open'
$$;

-- One cart as stored, with all that its rules need, in one statement: lines, holders, active holds, used-up codes, the earlier cart's lines.
-- By joins, as text of JSON, and planned once per connection: on three lines 320 us of CPU, for a completion as for every operation. With two
-- SQL functions called per line, the parts put together as jsonb, and a plan for every cart it took 560.
-- The rare parts are functions: what is not called is not prepared for each reading either.
create function carts.load(p_cart uuid, p_asking_record uuid) returns json language sql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  select row_to_json(cart) from (
    select c.*,
      customers.brief(c.record_id) as customer,
      p_asking_record is not null and customers.customer_of(p_asking_record) = customers.customer_of(c.record_id) as mine,
      (select coalesce(json_agg(distinct g.customer_group), '[]') from pricing.read_customer_group g where g.record_id = any (who.records)) as groups,
      case when cardinality(c.codes) > 0 then pricing.used_up_codes(c.codes, who.records) else '{}' end as used_up_codes,
      (select coalesce(json_agg(hold order by hold."lineId"), '[]') from (
        select h.line_id as "lineId", h.variant_id as "variantId", h.place_id as "placeId", h.quantity, h.expires_at as "expiresAt"
          from stock.read_hold h where h.cart_id = c.id) as hold) as holds,
      (select coalesce(json_agg(line order by line.position), '[]') from (
        select l.id, l.position, l.variant_id, l.product_id, l.sku, l.options, l.quantity, l.held_price, l.price_cap, l.note, l.is_typed, l.trace, l.booked, l.top_up,
          l.added_channel_id, l.added_channel_kind, l.added_place_id, l.added_staff_id, l.added_at,
          case when a.variant_id is not null then greatest(0, a.available) end as available, s.variant_id is not null as "soldOut"
        from carts.cart_line l
        left join stock.read_available a on a.variant_id = l.variant_id and a.place_id = c.place_id
        left join catalog.read_sold_out s on s.variant_id = l.variant_id and s.place_id = c.place_id
        where l.cart_id = c.id) as line) as lines,
      (select coalesce(json_agg(holder order by holder.since), '[]') from (
        select h.id, h.kind, h.mode, encode(h.token_hash, 'hex') as token, h.record_id as "recordId", h.device_id as "deviceId", h.staff_id as "staffId",
          h.channel_id as "channelId", h.channel_kind as "channelKind", h.name, h.since
        from carts.cart_holder h where h.cart_id = c.id and h.ended_at is null and (h.ends_at is null or h.ends_at > now())) as holder) as holders,
      case when c.earlier_cart_id is not null then carts.earlier_of(c.id, c.earlier_cart_id) end as earlier,
      case when c.fulfillment -> 'inSlot' is not null or c.fulfillment -> 'elsewhere' is not null then promises.held_slots(c.id) end as slots
    from carts.cart c, lateral (select array(select customers.records_of(c.record_id)) as records offset 0) as who
    where c.id = p_cart
  ) as cart
$$;

-- Locks the cart and reads it under the lock, with the results of operations that were answered before. Volatile, so that
-- what it reads is newer than the wait for the lock.
create function carts.lock_and_load(p_cart uuid, p_asking_record uuid, p_operations uuid[]) returns table (cart json, repeated json) language plpgsql volatile
set plan_cache_mode = force_generic_plan as $$
begin
  perform from carts.cart c where c.id = p_cart for update;
  if not found then return; end if;
  cart := carts.load(p_cart, p_asking_record);
  repeated := (select json_object_agg(o.operation_id, o.result) from carts.cart_operation o where o.cart_id = p_cart and o.operation_id = any (p_operations));
  return next;
end $$;

-- Completion: the first lock of the transaction, and the guard by the version that was priced.
create function carts.complete(p_cart uuid, p_version integer, p_order uuid, p_at timestamptz) returns boolean language plpgsql as $$
declare v_version integer;
begin
  update carts.cart set state = 'completed', order_id = p_order, completed_at = p_at, updated_at = p_at, version = version + 1
   where id = p_cart and version = p_version and state in ('open', 'checkout', 'completing') returning version into v_version;
  if v_version is null then return false; end if;
  perform platform.publish(uuidv7(), 'cart.changed.v1', 'cart/' || p_cart, jsonb_build_object('cartId', p_cart, 'version', v_version, 'state', 'completed'));
  return true;
end $$;

create function carts.begin_completion(p_cart uuid, p_version integer) returns boolean language plpgsql as $$
declare v_version integer;
begin
  update carts.cart set state = 'completing', updated_at = now(), version = version + 1
   where id = p_cart and version = p_version and state in ('open', 'checkout') returning version into v_version;
  if v_version is null then return false; end if;
  perform platform.publish(uuidv7(), 'cart.changed.v1', 'cart/' || p_cart, jsonb_build_object('cartId', p_cart, 'version', v_version, 'state', 'completing'));
  return true;
end $$;

create function carts.fail_completion(p_cart uuid) returns boolean language plpgsql as $$
declare v_version integer;
begin
  update carts.cart set state = 'checkout', updated_at = now(), version = version + 1
   where id = p_cart and state = 'completing' returning version into v_version;
  if v_version is null then return false; end if;
  perform platform.publish(uuidv7(), 'cart.changed.v1', 'cart/' || p_cart, jsonb_build_object('cartId', p_cart, 'version', v_version, 'state', 'checkout'));
  return true;
end $$;

-- Opens a cart with its first holder, and with the provisional record it is opened by where nobody is known.
create function carts.open(p_cart uuid, p_current boolean, p_record uuid, p_is_new_record boolean, p_channel uuid, p_channel_kind text, p_place uuid, p_fulfillment jsonb,
  p_holder uuid, p_holder_kind text, p_token_hash bytea, p_holder_record uuid, p_device uuid, p_staff uuid, p_holder_name text) returns void language plpgsql as $$
begin
  if p_is_new_record then perform customers.add_provisional(p_record, p_channel); end if;
  insert into carts.cart (id, current, record_id, opened_channel_id, channel_kind, place_id, fulfillment, channels_seen)
  values (p_cart, p_current, p_record, p_channel, p_channel_kind, p_place, p_fulfillment, array[p_channel_kind]);
  insert into carts.cart_holder (id, cart_id, kind, mode, token_hash, record_id, device_id, staff_id, channel_id, channel_kind, name)
  values (p_holder, p_cart, p_holder_kind, 'owner', p_token_hash, p_holder_record, p_device, p_staff, p_channel, p_channel_kind, p_holder_name);
  perform platform.publish(uuidv7(), 'cart.opened.v1', 'cart/' || p_cart,
    jsonb_build_object('cartId', p_cart, 'recordId', p_record, 'channelId', p_channel, 'placeId', p_place));
end $$;

-- The one write of an operations call: the cart's columns, its lines as they are now with what they were shown for and until when, the
-- operations with their results. The cart row is locked by the caller, who read it for update.
create function carts.apply(p_cart uuid, p_version integer, p_place uuid, p_fulfillment jsonb, p_codes text[], p_channel_kind text, p_earlier uuid, p_record uuid,
  p_prices_until timestamptz, p_lines jsonb, p_removed uuid[], p_operations jsonb, p_actor_kind text, p_actor_id text, p_channel uuid) returns void language plpgsql as $$
begin
  update carts.cart set version = p_version, place_id = p_place, fulfillment = p_fulfillment, codes = p_codes, earlier_cart_id = p_earlier, record_id = p_record,
    channels_seen = case when p_channel_kind = any (channels_seen) then channels_seen else channels_seen || p_channel_kind end, updated_at = now(),
    prices_until = p_prices_until, state = case when state = 'checkout' then 'open' else state end
   where id = p_cart;
  if cardinality(p_removed) > 0 then delete from carts.cart_line where cart_id = p_cart and id = any (p_removed); end if;
  if jsonb_array_length(p_lines) > 0 then
    insert into carts.cart_line (id, cart_id, position, variant_id, product_id, sku, options, quantity, held_price, price_cap,
      added_channel_id, added_channel_kind, added_place_id, added_staff_id, note, is_typed, booked, trace, top_up)
    select l.id, p_cart, l.position, l.variant_id, l.product_id, l.sku, l.options, l.quantity, l.held_price, l.price_cap,
      l.added_channel_id, l.added_channel_kind, l.added_place_id, l.added_staff_id, l.note, l.is_typed, l.booked, l.trace, l.top_up
      from jsonb_to_recordset(p_lines) as l (id uuid, position integer, variant_id uuid, product_id uuid, sku text, options jsonb, quantity integer,
        held_price jsonb, price_cap timestamptz, added_channel_id uuid, added_channel_kind text, added_place_id uuid, added_staff_id uuid, note text, is_typed boolean, booked jsonb, trace jsonb, top_up jsonb)
    on conflict (id) do update set quantity = excluded.quantity, held_price = excluded.held_price, price_cap = excluded.price_cap, note = excluded.note, booked = excluded.booked;
  end if;
  insert into carts.cart_operation (cart_id, operation_id, seq, kind, actor_kind, actor_id, channel_id, body, result)
  select p_cart, o.id, p_version, o.kind, p_actor_kind, p_actor_id, p_channel, o.body, o.result
    from jsonb_to_recordset(p_operations) as o (id uuid, kind text, body jsonb, result jsonb);
  perform platform.publish(uuidv7(), 'cart.changed.v1', 'cart/' || p_cart, jsonb_build_object('cartId', p_cart, 'version', p_version, 'state', 'open'));
end $$;

-- Promises the prices of lines until a time at least: for the life of a hand-over code, and while a provider is asked. The caller holds
-- the cart's lock.
create function carts.hold_prices(p_cart uuid, p_until timestamptz, p_lines jsonb) returns void language sql as $$
  update carts.cart set prices_until = greatest(prices_until, p_until) where id = p_cart;
  update carts.cart_line l set held_price = h.held_price, price_cap = h.price_cap
    from jsonb_to_recordset(p_lines) as h (id uuid, held_price jsonb, price_cap timestamptz)
   where l.cart_id = p_cart and l.id = h.id;
$$;
