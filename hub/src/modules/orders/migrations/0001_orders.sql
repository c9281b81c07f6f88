-- The book of orders. Locks: none that matter, the tables are new. Ids of other modules, no foreign key: those stay inside a schema.
create sequence orders.number start 10001;

-- What an order is to be paid in all. One that is canceled as a whole keeps its total, so that a refund shows as one [ORD-8].
create function orders.owed(total bigint, canceled_amount bigint, ordered integer, canceled integer) returns bigint
language sql immutable parallel safe as $$ select case when canceled >= ordered then total else total - canceled_amount end $$;

-- Three independent axes (order, payment, fulfillment) are computed by the database from amounts and quantities: nobody can write
-- a state by hand that its figures do not show [ORD-3]. They are plain expressions and call no function, not even `orders.owed`: PostgreSQL
-- parses the body of an SQL function again for every order it writes, which took 46 of 166 us of an insert.
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
  on_account         bigint not null default 0 check (on_account >= 0),        -- of `paid`: what its company owes
  authorized         bigint not null default 0 check (authorized >= 0),        -- what cards have agreed to, beside `paid`
  due                bigint not null default 0,
  refunded           bigint not null default 0,
  points_earned      bigint not null default 0,
  units_ordered      integer not null,
  units_canceled     integer not null default 0,
  units_fulfilled    integer not null default 0,
  units_returned     integer not null default 0,
  canceled_amount    bigint not null default 0 check (canceled_amount >= 0),   -- what the units given up were worth is owed no more
  returned_amount    bigint not null default 0 check (returned_amount >= 0),   -- nor what went back for units that came back [ORD-9]
  is_ready           boolean not null default false,
  cancel_reason      text,
  note               text check (char_length(note) <= 280),  -- what was said about the whole; erased with its customer [ORD-12]
  payment_state      text not null generated always as (case
    when refunded > 0 and refunded >= paid and authorized = 0 then 'refunded'
    when on_account > 0 then 'on_account'
    when paid - refunded >= case when units_canceled >= units_ordered then total else total - canceled_amount - returned_amount end then 'paid'
    when authorized > 0 then 'authorized'
    when paid - refunded > 0 then 'partly_paid'
    when due > 0 then 'due_at_collection'
    else 'unpaid' end) stored,
  fulfillment_state  text not null generated always as (case
    when units_ordered = 0 then 'none'
    when units_canceled = units_ordered then 'canceled'
    when units_fulfilled >= units_ordered - units_canceled then 'fulfilled'
    when is_ready then 'ready'
    else 'open' end) stored,
  state              text not null generated always as (case
    when units_ordered > 0 and units_canceled = units_ordered then 'canceled'
    when units_fulfilled >= units_ordered - units_canceled and paid >= case when units_canceled >= units_ordered then total else total - canceled_amount end then 'closed'
    else 'placed' end) stored,
  constraint "ORD-1 a cart becomes one order" check ((cart_id is null) = (mode = 'imported')),
  unique (channel_id, external_id)
) with (fillfactor = 80);
create index orders_newest on orders.orders (placed_at desc, id desc);
create index orders_of_record on orders.orders (record_id, placed_at desc) where record_id is not null;
create index orders_of_place on orders.orders (place_id, placed_at desc);
-- An imported order is found by what its source called it, or the beginning of that.
create index orders_source_number on orders.orders (external_id) where external_id is not null;

create table orders.order_line (
  id             uuid primary key,
  order_id       uuid not null references orders.orders,
  position       integer not null,
  -- What shipping costs is a line like any other: it is paid, taxed, canceled and paid back by the same rules, and served when the parcel leaves.
  kind           text not null default 'goods' check (kind in ('goods', 'delivery')),
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
  deposit        jsonb,                              -- what of net, tax and total is a deposit on its packaging, with a rate of its own
  because        jsonb not null default '[]',
  note           text check (char_length(note) <= 140), -- what was said about it; erased with its customer [ORD-12]
  is_typed       boolean not null default false,     -- its weight was typed in at a till, no scale said it
  trace          jsonb,                              -- what its code said: { batch, serial, useBy, sellBy, bestBefore } [BAT-1]
  change_id      uuid,                               -- the change that brought it; null for what was ordered at first
  constraint "ORD-2 ordered - canceled >= fulfilled >= returned" check (ordered - canceled >= fulfilled and fulfilled >= returned),
  constraint "ORD-4 total = net + tax" check (total = net + tax),
  unique (order_id, position)
) with (fillfactor = 80);
-- What a recall asks for [BAT-3]: lines whose code was read, which are few.
create index order_line_traced on orders.order_line (product_id) where trace is not null;

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
  phone       text,
  language    text                                     -- in which they ordered, where nothing else says it: what is written to them about it
);
create index contact_of_record on orders.contact (record_id) where record_id is not null;

-- An order with its lines' names, for `fulfillment`, views and histories.
create view orders.read_line as
  select id, order_id, position, variant_id, sku, name, options, ordered, canceled, allocated, fulfilled, returned, unit, subtotal, total, product_id, kind, tax,
         change_id, (deposit ->> 'total')::bigint as deposit, tax_class, note, is_typed
  from orders.order_line;

-- An order's states and money, for those above who show or move it.
create view orders.read_state as
  select o.id, o.number, o.record_id, o.place_id, o.channel_id, o.cart_id, o.currency, o.total, o.paid, o.due, o.refunded, o.points_earned,
         o.business_date, o.state, o.payment_state, o.fulfillment_state, contact.name as contact_name, o.canceled_amount, o.units_canceled, o.units_ordered,
         o.returned_amount, o.units_returned, o.on_account, o.authorized, o.note
  from orders.orders o left join orders.contact on contact.order_id = o.id;

-- What was sold, and who took part in it: for figures of a day. `amount` is what the order is to be paid in all, without units given up.
create view orders.read_day as
  select id, number, entity_id, place_id, channel_id, business_date, time_zone, placed_at, currency, state,
         orders.owed(total, canceled_amount, units_ordered, units_canceled) as amount, record_id
    from orders.orders;
comment on view orders.read_day is 'not null: id, number, entity_id, channel_id, business_date, time_zone, placed_at, currency, state, amount';

create view orders.read_contribution as
  select order_id, position, step, channel_id, place_id, at from orders.contribution;
comment on view orders.read_contribution is 'not null: order_id, position, step, channel_id, at';
