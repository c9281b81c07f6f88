-- What was changed of an order after it was placed, version by version. Locks: none that matter, the tables are new.

-- One version: who, where, when and why, and what it did. It names lines and units and never a person; what it changed of a contact or an
-- address is not here, only that it did.
create table orders.order_change (
  id           uuid primary key,
  order_id     uuid not null references orders.orders,
  number       integer not null check (number > 0),
  at           timestamptz not null,
  actor_kind   text not null,
  channel_id   uuid,
  place_id     uuid,
  staff_id     uuid,
  staff_name   text,
  reason       text,
  actions      jsonb not null,                         -- [{ kind, … }]
  added        bigint not null check (added >= 0),     -- what its new lines came to
  removed      bigint not null check (removed >= 0),   -- what the units that it took off were worth
  owed_after   bigint not null,
  constraint "ORD-10 versions of an order follow each other" unique (order_id, number)
);

-- Lines that came later, until an invoice says them.
create table orders.addition (
  order_id     uuid not null references orders.orders,
  change_id    uuid not null references orders.order_change,
  total        bigint not null check (total > 0),
  document_id  uuid,
  primary key (order_id, change_id)
);
create index addition_open on orders.addition (order_id) where document_id is null;

create view orders.read_change as
  select id, order_id, number, at, channel_id, place_id, staff_id, added, removed, owed_after from orders.order_change;
comment on view orders.read_change is 'not null: id, order_id, number, at, added, removed, owed_after';

-- Lines that are ordered later, goods, or what shipping costs when an order is sent that was to be fetched: the order's amounts grow by theirs,
-- `p_taxes` are its shares by rate with them. The caller holds its lock.
create function orders.add_lines(p_order uuid, p_change uuid, p_lines json, p_taxes jsonb) returns void language plpgsql as $$
begin
  insert into orders.order_line (id, order_id, position, variant_id, product_id, sku, name, options, unit, unit_price, ordered, allocated,
    fulfilled, subtotal, discount, net, tax, total, tax_class, tax_rate, because, kind, change_id, deposit)
  select l.id, p_order, l.position, l.variant_id, l.product_id, l.sku, l.name, l.options, l.unit, l.unit_price, l.ordered, l.allocated,
    0, l.subtotal, l.discount, l.net, l.tax, l.total, l.tax_class, l.tax_rate, l.because, coalesce(l.kind, 'goods'), p_change, l.deposit
  from json_to_recordset(p_lines) as l(id uuid, position integer, variant_id uuid, product_id uuid, sku text, name jsonb, options jsonb,
    unit text, unit_price jsonb, ordered integer, allocated integer, subtotal bigint, discount bigint, net bigint, tax bigint, total bigint,
    tax_class text, tax_rate jsonb, because jsonb, kind text, deposit jsonb);
  update orders.orders o
    set subtotal = o.subtotal + s.subtotal, discount = o.discount + s.discount, tax = o.tax + s.tax, total = o.total + s.total, taxes = p_taxes,
        units_ordered = o.units_ordered + s.units, is_ready = false, version = o.version + 1
    from (select sum(subtotal)::bigint as subtotal, sum(discount)::bigint as discount, sum(tax)::bigint as tax, sum(total)::bigint as total,
                 sum(ordered)::integer as units from orders.order_line where order_id = p_order and change_id = p_change) as s
    where o.id = p_order;
end $$;
