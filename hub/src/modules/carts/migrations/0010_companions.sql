-- Who looks on or helps for a while: a member of staff on the phone joins by a call code, a screen shows the cart. Both are holders with an end.
-- Locks: the holders' table for an instant, nothing is rewritten; the new check is validated while it is held.
alter table carts.cart_holder
  add column ends_at timestamptz,                      -- null: until it is given away
  drop constraint cart_holder_kind_check,
  add constraint cart_holder_kind_check check (kind in ('customer', 'visitor', 'register', 'staff', 'screen')),
  add constraint "CRT-14 who only looks on has an end" check (kind <> 'screen' or ends_at is not null);

-- A code that is shown on one side and typed on the other. Spoken call codes have four digits: the keyed hash is there only while it is valid.
create table carts.pairing (
  id          uuid primary key,
  kind        text not null check (kind in ('call', 'screen')),
  code_mac    bytea,
  token_hash  bytea,                                   -- of a screen: what it shows to see whether somebody has typed its code
  cart_id     uuid references carts.cart (id) on delete cascade, -- of a call from the start, of a screen once it is paired
  holder_id   uuid references carts.cart_holder (id) on delete cascade,
  channel_id  uuid not null,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  claimed_at  timestamptz,
  version     integer not null default 1,
  constraint "CRT-14 a code opens one thing" unique (kind, code_mac)
);
create index pairing_cart on carts.pairing (cart_id) where cart_id is not null;
create index pairing_old on carts.pairing (created_at);

-- Wrong codes, by who typed them.
create table carts.pairing_try (
  actor text not null,
  at    timestamptz not null default now()
);
create index pairing_try_actor on carts.pairing_try (actor, at);

-- As before, without holders whose time is over.
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
        order by h.since) from carts.cart_holder h where h.cart_id = c.id and h.ended_at is null and (h.ends_at is null or h.ends_at > now())), '[]'),
    'earlier', (select jsonb_build_object('cartId', e.id, 'recordId', e.record_id, 'undoUntil', (select max(a.undo_until) from carts.adoption a where a.cart_id = c.id and a.undone_at is null),
        'lines', coalesce((select jsonb_agg(jsonb_build_object('id', el.id, 'sku', el.sku, 'variantId', el.variant_id, 'productId', el.product_id, 'options', el.options, 'quantity', el.quantity)
          order by el.position) from carts.cart_line el where el.cart_id = e.id), '[]'))
        from carts.cart e where e.id = c.earlier_cart_id and e.state = 'open'))
  from carts.cart c where c.id = p_cart
$$;
