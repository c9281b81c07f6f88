-- The book of orders. Locks: none that matter, the tables are new. Ids of other modules, no foreign key: those stay inside a schema.
-- Three independent axes (order, payment, fulfillment) are computed by the database from amounts and quantities: nobody can write
-- a state by hand that its figures do not show [ORD-3].
create sequence orders.number start 10001;

create function orders.payment_state(total bigint, paid bigint, due bigint, refunded bigint) returns text
language sql immutable parallel safe as $$
  select case
    when refunded > 0 and refunded >= paid then 'refunded'
    when paid - refunded >= total then 'paid'
    when paid - refunded > 0 then 'partly_paid'
    when due > 0 then 'due_at_collection'
    else 'unpaid'
  end
$$;

create function orders.fulfillment_state(ordered integer, canceled integer, fulfilled integer, is_ready boolean) returns text
language sql immutable parallel safe as $$
  select case
    when ordered = 0 then 'none'
    when canceled = ordered then 'canceled'
    when fulfilled >= ordered - canceled then 'fulfilled'
    when is_ready then 'ready'
    else 'open'
  end
$$;

create function orders.order_state(total bigint, paid bigint, refunded bigint, ordered integer, canceled integer, fulfilled integer) returns text
language sql immutable parallel safe as $$
  select case
    when ordered > 0 and canceled = ordered then 'canceled'
    when fulfilled >= ordered - canceled and paid >= total then 'closed'
    else 'placed'
  end
$$;

create table orders.orders (
  id                 uuid primary key,
  number             text not null unique,
  cart_id            uuid unique,                    -- the last guard against a second completion [ORD-1]
  mode               text not null check (mode in ('live', 'recorded', 'imported')),
  external_id        text,
  version            integer not null default 1,
  record_id          uuid,                           -- a walk-in has none
  entity_id          uuid not null,
  place_id           uuid,
  channel_id         uuid not null,
  business_date      date not null,
  time_zone          text not null,
  placed_at          timestamptz not null,
  currency           text not null check (currency ~ '^[A-Z]{3}$'),
  subtotal           bigint not null,
  discount           bigint not null,
  tax                bigint not null,
  tax_included       boolean not null,
  total              bigint not null,
  taxes              jsonb not null,
  source_total       bigint,                         -- what an imported document said; ours is `total`
  because            jsonb not null default '[]',    -- what holds for the whole order: rounding, codes refused, versions shown
  paid               bigint not null default 0,
  due                bigint not null default 0,
  refunded           bigint not null default 0,
  points_earned      bigint not null default 0,
  units_ordered      integer not null,
  units_canceled     integer not null default 0,
  units_fulfilled    integer not null default 0,
  units_returned     integer not null default 0,
  is_ready           boolean not null default false,
  cancel_reason      text,
  payment_state      text not null generated always as (orders.payment_state(total, paid, due, refunded)) stored,
  fulfillment_state  text not null generated always as (orders.fulfillment_state(units_ordered, units_canceled, units_fulfilled, is_ready)) stored,
  state              text not null generated always as (orders.order_state(total, paid, refunded, units_ordered, units_canceled, units_fulfilled)) stored,
  constraint "ORD-1 a cart becomes one order" check ((cart_id is null) = (mode = 'imported')),
  unique (channel_id, external_id)
) with (fillfactor = 80);
create index orders_newest on orders.orders (placed_at desc, id desc);
create index orders_of_record on orders.orders (record_id, placed_at desc) where record_id is not null;
create index orders_of_place on orders.orders (place_id, placed_at desc);

create table orders.order_line (
  id             uuid primary key,
  order_id       uuid not null references orders.orders,
  position       integer not null,
  variant_id     uuid,                               -- an imported line may name goods that the catalog never had
  product_id     uuid,
  sku            text not null,
  name           jsonb not null,                     -- as it was called when it was sold
  options        jsonb not null default '[]',
  unit           text not null default 'piece' check (unit in ('piece', 'gram')),
  unit_price     jsonb not null,
  ordered        integer not null check (ordered > 0),
  canceled       integer not null default 0 check (canceled >= 0),
  allocated      integer not null default 0 check (allocated >= 0),
  fulfilled      integer not null default 0 check (fulfilled >= 0),
  returned       integer not null default 0 check (returned >= 0),
  subtotal       bigint not null,
  discount       bigint not null,
  net            bigint not null,
  tax            bigint not null,
  total          bigint not null,
  tax_class      text,
  tax_rate       jsonb not null,
  because        jsonb not null default '[]',
  constraint "ORD-2 ordered - canceled >= fulfilled >= returned" check (ordered - canceled >= fulfilled and fulfilled >= returned),
  constraint "ORD-4 total = net + tax" check (total = net + tax),
  unique (order_id, position)
) with (fillfactor = 80);

-- Credit for every step of a sale, per channel, place and person: the source of figures per channel and per journey.
create table orders.contribution (
  order_id    uuid not null references orders.orders,
  position    smallint not null,
  step        text not null check (step in ('cart', 'payment', 'hand_over', 'advice', 'picking', 'return')),
  channel_id  uuid not null,
  place_id    uuid,
  staff_id    uuid,
  staff_name  text,
  at          timestamptz not null,
  primary key (order_id, position)
);

-- How to reach somebody who bought without being known. Erased with the record, or when its time is over.
create table orders.contact (
  order_id    uuid primary key references orders.orders,
  record_id   uuid,
  name        text,
  email       text,
  phone       text
);
create index contact_of_record on orders.contact (record_id) where record_id is not null;

-- Writes an order with its lines, contributions and contact, and publishes `order.placed.v1`. Answers its number.
create function orders.place(p_order json, p_lines json, p_contributions json, p_contact json, p_event_id uuid, p_event jsonb) returns text
language plpgsql as $$
declare order_id uuid; order_number text := 'W-' || nextval('orders.number');
begin
  insert into orders.orders (id, number, cart_id, mode, external_id, record_id, entity_id, place_id, channel_id, business_date, time_zone,
    placed_at, currency, subtotal, discount, tax, tax_included, total, taxes, source_total, because, paid, due, points_earned,
    units_ordered, units_canceled, units_fulfilled, units_returned)
  select o.id, coalesce(o.number, order_number), o.cart_id, o.mode, o.external_id, o.record_id, o.entity_id, o.place_id, o.channel_id,
    o.business_date, o.time_zone, o.placed_at, o.currency, o.subtotal, o.discount, o.tax, o.tax_included, o.total, o.taxes, o.source_total,
    coalesce(o.because, '[]'), o.paid, o.due, o.points_earned, o.units_ordered, 0, o.units_fulfilled, 0
  from json_to_record(p_order) as o(id uuid, number text, cart_id uuid, mode text, external_id text, record_id uuid, entity_id uuid,
    place_id uuid, channel_id uuid, business_date date, time_zone text, placed_at timestamptz, currency text, subtotal bigint,
    discount bigint, tax bigint, tax_included boolean, total bigint, taxes jsonb, source_total bigint, because jsonb, paid bigint,
    due bigint, points_earned bigint, units_ordered integer, units_fulfilled integer)
  returning id, number into order_id, order_number;

  insert into orders.order_line (id, order_id, position, variant_id, product_id, sku, name, options, unit, unit_price, ordered, allocated,
    fulfilled, subtotal, discount, net, tax, total, tax_class, tax_rate, because)
  select l.id, order_id, l.position, l.variant_id, l.product_id, l.sku, l.name, l.options, l.unit, l.unit_price, l.ordered, l.allocated,
    l.fulfilled, l.subtotal, l.discount, l.net, l.tax, l.total, l.tax_class, l.tax_rate, l.because
  from json_to_recordset(p_lines) as l(id uuid, position integer, variant_id uuid, product_id uuid, sku text, name jsonb, options jsonb,
    unit text, unit_price jsonb, ordered integer, allocated integer, fulfilled integer, subtotal bigint, discount bigint, net bigint,
    tax bigint, total bigint, tax_class text, tax_rate jsonb, because jsonb);

  insert into orders.contribution (order_id, position, step, channel_id, place_id, staff_id, staff_name, at)
  select order_id, c.position, c.step, c.channel_id, c.place_id, c.staff_id, c.staff_name, c.at
  from json_to_recordset(p_contributions) as c(position smallint, step text, channel_id uuid, place_id uuid, staff_id uuid, staff_name text, at timestamptz);

  if p_contact is not null then
    insert into orders.contact (order_id, record_id, name, email, phone)
    select order_id, c.record_id, c.name, c.email, c.phone
    from json_to_record(p_contact) as c(record_id uuid, name text, email text, phone text);
  end if;

  if p_event is not null then
    perform platform.publish(p_event_id, 'order.placed.v1', 'order/' || order_id, p_event || jsonb_build_object('number', order_number));
  end if;
  return order_number;
end $$;

-- Says what has been paid, is due and went back; the payment axis follows.
create function orders.set_paid(p_order uuid, p_paid bigint, p_due bigint, p_refunded bigint) returns void
language sql as $$
  update orders.orders set paid = p_paid, due = p_due, refunded = p_refunded, version = version + 1 where id = p_order
$$;

-- Whether everything that is open waits at the counter.
create function orders.set_ready(p_order uuid, p_is_ready boolean) returns void
language sql as $$
  update orders.orders set is_ready = p_is_ready, version = version + 1 where id = p_order
$$;

-- Counts units as handed over, at most what is open of each line [ORD-2].
create function orders.fulfill(p_order uuid, p_lines uuid[], p_quantities integer[]) returns void
language plpgsql as $$
begin
  perform 1 from orders.orders where id = p_order for update;
  update orders.order_line l
    set fulfilled = l.fulfilled + w.quantity, allocated = greatest(0, l.allocated - w.quantity)
    from unnest(p_lines, p_quantities) as w(id, quantity) where l.id = w.id and l.order_id = p_order;
  update orders.orders set units_fulfilled = sums.fulfilled, is_ready = false, version = version + 1
    from (select sum(fulfilled)::integer as fulfilled from orders.order_line where order_id = p_order) as sums
    where id = p_order;
end $$;

-- Cancels whatever is neither handed over nor canceled. Answers how many units that was.
create function orders.cancel_open(p_order uuid, p_reason text) returns integer
language plpgsql as $$
declare units integer;
begin
  perform 1 from orders.orders where id = p_order for update;
  select coalesce(sum(ordered - canceled - fulfilled), 0) into units from orders.order_line where order_id = p_order;
  update orders.order_line set canceled = ordered - fulfilled, allocated = 0 where order_id = p_order and ordered - canceled - fulfilled > 0;
  update orders.orders set units_canceled = units_canceled + units, is_ready = false, cancel_reason = p_reason, version = version + 1 where id = p_order;
  return units;
end $$;

-- A further step of the sale: who handed it over, who took the money.
create function orders.add_contribution(p_order uuid, p_step text, p_channel uuid, p_place uuid, p_staff uuid, p_staff_name text, p_at timestamptz) returns void
language sql as $$
  insert into orders.contribution (order_id, position, step, channel_id, place_id, staff_id, staff_name, at)
  select p_order, coalesce(max(position), 0) + 1, p_step, p_channel, p_place, p_staff, p_staff_name, p_at
  from orders.contribution where order_id = p_order
$$;

-- An order with its lines' names, for `fulfillment` and views.
create view orders.read_line as
  select id, order_id, position, variant_id, sku, name, options, ordered, canceled, allocated, fulfilled, returned from orders.order_line;

-- An order's states and money, for those above who show or move it.
create view orders.read_state as
  select o.id, o.number, o.record_id, o.place_id, o.channel_id, o.cart_id, o.currency, o.total, o.paid, o.due, o.refunded, o.points_earned,
         o.business_date, o.state, o.payment_state, o.fulfillment_state, contact.name as contact_name
  from orders.orders o left join orders.contact on contact.order_id = o.id;

-- Locks an order: the lock of every command on it, before its fulfillments.
create function orders.lock(p_order uuid) returns boolean
language plpgsql as $$
begin
  perform 1 from orders.orders where id = p_order for update;
  return found;
end $$;

-- Something beside an order changed that its screens show.
create function orders.touch(p_order uuid) returns void
language sql as $$ update orders.orders set version = version + 1 where id = p_order $$;
