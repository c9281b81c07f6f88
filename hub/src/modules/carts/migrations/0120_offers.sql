-- Carts that staff made for somebody and hand over by a link: payment links and quotes. Locks: none that matter, the
-- table is new.
create sequence carts.offer_number;

-- Each time a cart was offered, and how that ended. That it was ordered is what its cart says, so that no completion has to write here.
create table carts.offer (
  id           uuid primary key,
  cart_id      uuid not null references carts.cart (id),
  kind         text not null check (kind in ('link', 'quote', 'proposal')),
  number       text not null unique,
  holder_id    uuid not null references carts.cart_holder (id),
  token_hash   bytea not null unique,                   -- of the 128 bits of its link [CRT-20]
  may_change   boolean not null,
  holds_stock  boolean not null,
  note         text,                                    -- what staff tell the customer with it
  total        bigint not null check (total >= 0),      -- as it was offered, minor units
  currency     text not null,
  staff_id     uuid not null,
  channel_id   uuid not null,
  place_id     uuid,
  made_at      timestamptz not null,
  offered_at   timestamptz not null,                    -- when it was made or last renewed: it is priced as of then
  valid_until  timestamptz not null,
  renewals     integer not null default 0,
  ended_at     timestamptz,
  ended_because text check (ended_because in ('declined', 'taken', 'revoked', 'replaced', 'erased')),
  reason       text,                                    -- why somebody said no, in their words
  constraint "CRT-20 an offer ends after it was made" check (valid_until > offered_at),
  constraint "CRT-20 what has ended says why" check ((ended_at is null) = (ended_because is null))
);
-- A cart is offered once at a time: whoever makes another offer ends the one before.
create unique index offer_open on carts.offer (cart_id) where ended_at is null;
create index offer_cart on carts.offer (cart_id);
create index offer_newest on carts.offer (made_at desc, id desc);
