-- Stock per variant and place, and who has taken of it. Locks: none that matter, the tables are new.
-- Ids of other modules, no foreign key: those stay inside a schema.
create table stock.level (
  variant_id  uuid not null,
  place_id    uuid not null,
  on_hand     integer not null default 0,                          -- may fall below zero: a sale that already happened [STK-3]
  allocated   integer not null default 0 constraint "STK-2 allocated is never negative" check (allocated >= 0),
  held        integer not null default 0 constraint "STK-2 held is never negative" check (held >= 0),
  safety      integer not null default 0 check (safety >= 0),
  low_at      integer check (low_at >= 0),                        -- from how few available units on it is on the list of what runs out; null: the house's few
  primary key (variant_id, place_id)
) with (fillfactor = 50);                                          -- no index on a changing column, so every update stays in its page
create index level_of_place on stock.level (place_id, variant_id);

-- What changed on hand, append only. (cause, line) is the domain key: nothing moves twice for one cause [STK-6].
create table stock.movement (
  id          uuid primary key default uuidv7(),
  at          timestamptz not null default now(),
  kind        text not null check (kind in ('receipt', 'sale', 'return', 'transfer_in', 'transfer_out', 'count', 'waste', 'correction')),
  variant_id  uuid not null,
  place_id    uuid not null,
  quantity    integer not null,                                    -- signed: a sale is negative
  cause_type  text not null check (cause_type in ('order', 'fulfillment', 'return', 'entry', 'document')),
  cause_id    uuid not null,
  line_id     uuid not null,                                       -- of the cause; the variant where the cause has no lines
  channel_id  uuid,
  staff_id    uuid,
  actor_name  text,                                                -- of staff
  reason      text,
  constraint "STK-6 one movement per cause and line" unique (cause_id, line_id)
);
create index movement_of_level on stock.movement (variant_id, place_id, id desc);

-- Units that a cart keeps from others. A row is an active hold; converted, released and swept ones are gone [STK-4].
create table stock.hold (
  line_id      uuid primary key,                                   -- the cart line: it holds at one place at a time
  cart_id      uuid not null,
  variant_id   uuid not null,
  place_id     uuid not null,
  quantity     integer not null check (quantity > 0),
  expires_at   timestamptz not null,
  hard_cap_at  timestamptz not null                                -- acts of the holder extend it up to here
) with (fillfactor = 70);
create index hold_of_cart on stock.hold (cart_id);
create index hold_of_level on stock.hold (variant_id, place_id, expires_at) include (quantity);
create index hold_expiry on stock.hold (expires_at);

-- Units promised to an order and not handed over yet.
create table stock.allocation (
  order_line_id  uuid not null,
  place_id       uuid not null,
  order_id       uuid not null,
  variant_id     uuid not null,
  quantity       integer not null check (quantity > 0),
  primary key (order_line_id, place_id)
) with (fillfactor = 70);
create index allocation_of_order on stock.allocation (order_id);
create index allocation_of_level on stock.allocation (variant_id, place_id);

-- Units that can be promised now, exact to the second: holds whose time has passed count as free [STK-4].
create view stock.read_available as
  select l.variant_id, l.place_id, l.on_hand, l.allocated, l.held, l.safety,
    l.on_hand - l.allocated - l.held - l.safety + coalesce(
      (select sum(h.quantity) from stock.hold h where h.variant_id = l.variant_id and h.place_id = l.place_id and h.expires_at <= now()), 0)::integer as available
  from stock.level l;
comment on view stock.read_available is 'not null: variant_id, place_id, on_hand, allocated, held, safety, available';

-- The active holds, for who shows or counts what a cart keeps.
create view stock.read_hold as
  select line_id, cart_id, variant_id, place_id, quantity, expires_at from stock.hold where expires_at > now();
comment on view stock.read_hold is 'not null: line_id, cart_id, variant_id, place_id, quantity, expires_at';

-- Units promised to orders, per order.
create view stock.read_promised as
  select order_id, variant_id, place_id, sum(quantity)::integer as quantity from stock.allocation group by order_id, variant_id, place_id;
comment on view stock.read_promised is 'not null: order_id, variant_id, place_id, quantity';
