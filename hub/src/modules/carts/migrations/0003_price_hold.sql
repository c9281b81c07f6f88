-- The price promise: the unit price that a line was shown with holds on every channel until its end [CRT-10]. It lies on the line and its
-- end on the cart, so that an act which prolongs the promise of many lines writes no line. Locks: the tables for an instant, nothing is rewritten.
alter table carts.cart
  add column selling_channel_id uuid,                  -- whose prices count; null: the channel that it was opened on
  add column prices_until timestamptz;                 -- prolonged by the holder's acts

alter table carts.cart_line
  add column held_price jsonb,                         -- { unitPrice, listId, taxIncluded, minQuantity, channelId }
  add column price_cap timestamptz,                    -- however often a holder acts, the promise of the line ends here
  add constraint "CRT-10 a held price has an end" check ((held_price is null) = (price_cap is null));

-- As before, with the codes of the cart that are used up.
create or replace function carts.load(p_cart uuid, p_asking_record uuid) returns jsonb language sql stable as $$
  select to_jsonb(c) || jsonb_build_object(
    'customer', customers.brief(c.record_id),
    'mine', p_asking_record is not null and customers.customer_of(p_asking_record) = customers.customer_of(c.record_id),
    'groups', coalesce((select jsonb_agg(distinct g.customer_group) from pricing.read_customer_group g where g.record_id in (select customers.records_of(c.record_id))), '[]'),
    'used_up_codes', case when cardinality(c.codes) > 0 then to_jsonb(pricing.used_up_codes(c.codes, array(select customers.records_of(c.record_id)))) else '[]' end,
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

-- As before, with what the lines were shown for and until when.
drop function carts.apply(uuid, integer, uuid, jsonb, text[], text, uuid, uuid, jsonb, uuid[], jsonb, text, text, uuid);
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
      added_channel_id, added_channel_kind, added_place_id, added_staff_id)
    select l.id, p_cart, l.position, l.variant_id, l.product_id, l.sku, l.options, l.quantity, l.held_price, l.price_cap,
      l.added_channel_id, l.added_channel_kind, l.added_place_id, l.added_staff_id
      from jsonb_to_recordset(p_lines) as l (id uuid, position integer, variant_id uuid, product_id uuid, sku text, options jsonb, quantity integer,
        held_price jsonb, price_cap timestamptz, added_channel_id uuid, added_channel_kind text, added_place_id uuid, added_staff_id uuid)
    on conflict (id) do update set quantity = excluded.quantity, held_price = excluded.held_price, price_cap = excluded.price_cap;
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
