-- Receipts without prices, and bills before payment. Locks: none that matter, the tables are new.

-- What opens a receipt without prices: of some lines of an order, or of all. It names nobody, neither who bought nor who was given it [TIL-46].
create table till.gift_receipt (
  token_hash   bytea primary key,
  order_id     uuid not null,
  line_ids     uuid[],                          -- null: all of them
  register_id  uuid not null references till.register,
  command_id   uuid not null,
  at           timestamptz not null
);
create index gift_receipt_of_order on till.gift_receipt (order_id);

-- Bills that were printed of a ticket before it was paid [TIL-48]. The entry has what was on them; here is what tells a till that goes on with the
-- ticket that there are some.
create table till.bill (
  command_id   uuid primary key,
  register_id  uuid not null references till.register,
  shift_id     uuid not null references till.shift,
  cart_id      uuid not null,
  chain        text not null check (chain in ('B', 'X')),
  seq          bigint,
  number       text unique,
  print        integer not null check (print > 0),
  total        bigint not null,
  currency     text not null check (currency ~ '^[A-Z]{3}$'),
  at           timestamptz not null,
  constraint "JRN-9 numbered with its entry" check ((seq is null) = (number is null))
);
create index bill_of_cart on till.bill (cart_id);
