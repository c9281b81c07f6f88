-- Carts: lines, operations, holders, codes that let others in, and what sign-in did. Locks: none that matter, the tables are new.
-- A cart is moved or joined, never copied; what a device sent is kept as an operation and may be sent again.
create table carts.cart (
  id              uuid primary key,
  version         integer not null default 1,
  state           text not null default 'open' check (state in ('open', 'checkout', 'completing', 'completed', 'merged', 'abandoned')),
  -- One current cart per customer is a rule under the customer's lock, not an index: a merge may make two [CRT-3].
  current         boolean not null,
  record_id       uuid not null,                       -- the source record it was opened by; provisional where nobody is known
  opened_channel_id uuid not null,
  selling_channel_id uuid,                             -- whose prices count; null: the channel that it was opened on
  channel_kind    text not null,
  place_id        uuid,                                -- where it will be handed over, once chosen
  fulfillment     jsonb,                               -- { kind, dining, dueAt }
  -- Where it is to be shipped: { name, line1, line2, postcode, city, country }. The operations are kept without it, so that it is forgotten
  -- in one place.
  address         jsonb,
  codes           text[] not null default '{}',
  -- Rewards that were asked for: what they take off is priced, what they cost is burned by the completion.
  rewards         uuid[] not null default '{}',
  -- The end of the price promise [CRT-10]: on the cart, so that an act which prolongs the promise of many lines writes no line.
  prices_until    timestamptz,
  company_id      uuid,                                -- that it is bought for; whether its customer may is asked anew with every reading [CRT-16]
  -- What stands of its offer now: { id, kind, number, at, until, mayChange, holdsStock }. With the cart, so that neither a reading nor a
  -- completion asks for it.
  offer           jsonb,
  -- What is to be known of the whole. With the order it goes over to that, so that it is forgotten in one place.
  note            text check (char_length(note) <= 280),
  channels_seen   text[] not null,
  earlier_cart_id uuid,                                -- the cart before this one, offered line by line since sign-in
  order_id        uuid,
  opened_at       timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  completed_at    timestamptz,
  check ((state = 'completed') = (order_id is not null))
) with (fillfactor = 70);
create index cart_record on carts.cart (record_id, opened_at desc);
-- Carts that became no order are forgotten by age. By pages, so that a change of a cart stays in its page: an index by rows had each change of a
-- cart written into all indexes anew.
create index cart_unfinished_age on carts.cart using brin (updated_at) with (autosummarize = on) where state <> 'completed';

create table carts.cart_line (
  id               uuid primary key,
  cart_id          uuid not null references carts.cart (id),
  position         integer not null,
  variant_id       uuid not null,
  product_id       uuid not null,
  sku              text not null,
  options          jsonb not null default '[]',        -- [{ group, value }], in the order of the groups
  quantity         integer not null check (quantity > 0),
  -- The price promise: the unit price that the line was shown with holds on every channel until its end [CRT-10].
  held_price       jsonb,                              -- { unitPrice, listId, taxIncluded, minQuantity, channelId, promotions: [{ id, version }], codes }
  price_cap        timestamptz,                        -- however often a holder acts, the promise of the line ends here
  booked           jsonb,                              -- of a service: { placeId, placeName, staffName, startsAt, endsAt, timeZone, heldUntil }
  top_up           jsonb,                              -- of a gift card that is there and gets more: { cardId, last4, amount } [CRT-60]
  note             text check (char_length(note) <= 140), -- what whoever makes it has to know
  is_typed         boolean not null default false,     -- its weight was typed in, no scale said it
  trace            jsonb,                              -- what its code says of this very one: { batch, serial, useBy, sellBy, bestBefore } [BAT-1]
  added_channel_id uuid not null,
  added_channel_kind text not null,
  added_place_id   uuid,
  added_staff_id   uuid,
  added_at         timestamptz not null default now(),
  constraint "CRT-10 a held price has an end" check ((held_price is null) = (price_cap is null))
) with (fillfactor = 70);
create index cart_line_cart on carts.cart_line (cart_id, position);

-- Every operation as it came, in order. The same operation sent again finds its result here [CRT-1].
create table carts.cart_operation (
  cart_id      uuid not null references carts.cart (id),
  operation_id uuid not null,
  seq          integer not null,
  kind         text not null,
  actor_kind   text not null,
  actor_id     text,
  channel_id   uuid,
  body         jsonb not null,
  result       jsonb not null,
  at           timestamptz not null default now(),
  primary key (cart_id, operation_id)
);

-- Who holds the cart: whoever has the token, the device of a till, or (by its record) the signed-in customer. Who looks on or helps for a
-- while is a holder with an end: a member of staff on the phone joins by a call code, a screen shows the cart.
create table carts.cart_holder (
  id           uuid primary key,
  cart_id      uuid not null references carts.cart (id),
  kind         text not null check (kind in ('customer', 'visitor', 'register', 'staff', 'screen', 'link')),
  mode         text not null check (mode in ('owner', 'joined')),
  token_hash   bytea,
  record_id    uuid,
  device_id    uuid,
  staff_id     uuid,
  channel_id   uuid not null,
  channel_kind text not null,
  name         text,                                   -- of a register or place, never of a customer
  since        timestamptz not null default now(),
  ends_at      timestamptz,                            -- null: until it is given away
  ended_at     timestamptz,
  constraint "CRT-14 who only looks on has an end" check (kind <> 'screen' or ends_at is not null)
);
create index cart_holder_cart on carts.cart_holder (cart_id) where ended_at is null;
create index cart_holder_device on carts.cart_holder (device_id) where ended_at is null and device_id is not null;

create table carts.handover (
  code_hash   bytea primary key,                       -- a short code without look-alikes, claimed once within its time [CRT-4]
  cart_id     uuid not null references carts.cart (id),
  mode        text not null check (mode in ('take', 'join')),
  offered_by  uuid not null,                           -- the holder that offers: `take` ends it
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  claimed_at  timestamptz,
  claimed_by  uuid
);
create index handover_cart on carts.handover (cart_id);

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

-- What sign-in did: the anonymous cart became the current one, the earlier is offered beside it. Undone exactly, by version [CRT-5].
create table carts.adoption (
  id              uuid primary key,
  cart_id         uuid not null references carts.cart (id),
  earlier_cart_id uuid references carts.cart (id),
  record_before   uuid not null,
  record_after    uuid not null,
  cart_version    integer not null,
  earlier_version integer,
  at              timestamptz not null default now(),
  undo_until      timestamptz not null,
  undone_at       timestamptz
);
create index adoption_cart on carts.adoption (cart_id);

-- Carts that are still open, for views. `current` is the one that the customer goes on with.
create view carts.read_open as
  select id, record_id, current, state, version, channel_kind, place_id, opened_at, updated_at from carts.cart where state in ('open', 'checkout', 'completing');
