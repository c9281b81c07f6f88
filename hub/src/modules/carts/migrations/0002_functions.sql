-- What `checkout` composes, and the one write of an operations call. Locks: none, only functions are made.

-- One cart as stored, with all that its rules need, in one statement: lines, holders, active holds, the earlier cart's lines.
create function carts.load(p_cart uuid, p_asking_record uuid) returns jsonb language sql stable as $$
  select to_jsonb(c) || jsonb_build_object(
    'customer', customers.brief(c.record_id),
    'mine', p_asking_record is not null and customers.customer_of(p_asking_record) = customers.customer_of(c.record_id),
    'groups', coalesce((select jsonb_agg(distinct g.customer_group) from pricing.read_customer_group g where g.record_id in (select customers.records_of(c.record_id))), '[]'),
    'holds', stock.holds_of(c.id),
    'lines', coalesce((select jsonb_agg(to_jsonb(l) - 'cart_id' || jsonb_build_object(
        'available', case when c.place_id is not null then stock.available_at(l.variant_id, c.place_id) end,
        'soldOut', c.place_id is not null and catalog.is_sold_out(l.variant_id, c.place_id)) order by l.position) from carts.cart_line l where l.cart_id = c.id), '[]'),
    'holders', coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'kind', h.kind, 'mode', h.mode, 'token', encode(h.token_hash, 'hex'),
        'recordId', h.record_id, 'deviceId', h.device_id, 'staffId', h.staff_id, 'channelId', h.channel_id, 'channelKind', h.channel_kind, 'name', h.name, 'since', h.since)
        order by h.since) from carts.cart_holder h where h.cart_id = c.id and h.ended_at is null), '[]'),
    'earlier', (select jsonb_build_object('cartId', e.id, 'recordId', e.record_id, 'undoUntil', (select max(a.undo_until) from carts.adoption a where a.cart_id = c.id and a.undone_at is null),
        'lines', coalesce((select jsonb_agg(jsonb_build_object('id', el.id, 'sku', el.sku, 'variantId', el.variant_id, 'productId', el.product_id, 'options', el.options, 'quantity', el.quantity)
          order by el.position) from carts.cart_line el where el.cart_id = e.id), '[]'))
        from carts.cart e where e.id = c.earlier_cart_id and e.state = 'open'))
  from carts.cart c where c.id = p_cart
$$;

-- Locks the cart and reads it under the lock, with the results of operations that were answered before. Volatile, so that
-- what it reads is newer than the wait for the lock.
create function carts.lock_and_load(p_cart uuid, p_asking_record uuid, p_operations uuid[]) returns table (cart jsonb, repeated jsonb) language plpgsql volatile as $$
begin
  perform 1 from carts.cart c where c.id = p_cart for update;
  if not found then return; end if;
  return query select carts.load(p_cart, p_asking_record),
    (select jsonb_object_agg(o.operation_id, o.result) from carts.cart_operation o where o.cart_id = p_cart and o.operation_id = any (p_operations));
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

-- The one write of an operations call: the cart's columns, its lines as they are now, the operations with their results.
-- The cart row is locked by the caller, who read it for update.
create function carts.apply(p_cart uuid, p_version integer, p_place uuid, p_fulfillment jsonb, p_codes text[], p_channel_kind text, p_earlier uuid, p_record uuid,
  p_lines jsonb, p_removed uuid[], p_operations jsonb, p_actor_kind text, p_actor_id text, p_channel uuid) returns void language plpgsql as $$
begin
  update carts.cart set version = p_version, place_id = p_place, fulfillment = p_fulfillment, codes = p_codes, earlier_cart_id = p_earlier, record_id = p_record,
    channels_seen = case when p_channel_kind = any (channels_seen) then channels_seen else channels_seen || p_channel_kind end, updated_at = now(),
    state = case when state = 'checkout' then 'open' else state end
   where id = p_cart;
  if cardinality(p_removed) > 0 then delete from carts.cart_line where cart_id = p_cart and id = any (p_removed); end if;
  if jsonb_array_length(p_lines) > 0 then
    insert into carts.cart_line (id, cart_id, position, variant_id, product_id, sku, options, quantity, added_channel_id, added_channel_kind, added_place_id, added_staff_id)
    select l.id, p_cart, l.position, l.variant_id, l.product_id, l.sku, l.options, l.quantity, l.added_channel_id, l.added_channel_kind, l.added_place_id, l.added_staff_id
      from jsonb_to_recordset(p_lines) as l (id uuid, position integer, variant_id uuid, product_id uuid, sku text, options jsonb, quantity integer,
        added_channel_id uuid, added_channel_kind text, added_place_id uuid, added_staff_id uuid)
    on conflict (id) do update set quantity = excluded.quantity;
  end if;
  insert into carts.cart_operation (cart_id, operation_id, seq, kind, actor_kind, actor_id, channel_id, body, result)
  select p_cart, o.id, p_version, o.kind, p_actor_kind, p_actor_id, p_channel, o.body, o.result
    from jsonb_to_recordset(p_operations) as o (id uuid, kind text, body jsonb, result jsonb);
  perform platform.publish(uuidv7(), 'cart.changed.v1', 'cart/' || p_cart, jsonb_build_object('cartId', p_cart, 'version', p_version, 'state', 'open'));
end $$;

-- Carts that are still open, for views. `current` is the one that the customer goes on with.
create view carts.read_open as
  select id, record_id, current, state, version, channel_kind, place_id, opened_at, updated_at from carts.cart where state in ('open', 'checkout', 'completing');
