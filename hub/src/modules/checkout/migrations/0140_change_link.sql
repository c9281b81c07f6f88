-- Changes of orders whose difference is paid by a link [CHK-27]: offered by staff, paid by whoever has it, once, until a stated end. Locks: none that
-- matter, the table is new.
create table checkout.change_link (
  id           uuid primary key,
  order_id     uuid not null,
  record_id    uuid,                          -- of the order: an erasure finds what was wished by it
  token_hash   bytea not null unique,         -- of the 128 bits of its address
  state        text not null default 'open' check (state in ('open', 'paid', 'declined', 'expired', 'revoked', 'outdated')),
  wish         jsonb,                         -- what is to be different, with the ids and prices of what comes; null once it has ended
  difference   bigint not null check (difference > 0),
  currency     text not null,
  actor        jsonb not null,                -- who offered it, on which channel and where
  made_at      timestamptz not null,
  valid_until  timestamptz not null,
  ended_at     timestamptz,
  constraint "CHK-27 a link ends after it was made" check (valid_until > made_at),
  check ((state = 'open') = (ended_at is null)),
  check ((wish is null) = (ended_at is not null))
) with (fillfactor = 70);
-- An order has one offer of a change at a time.
create unique index change_link_open on checkout.change_link (order_id) where state = 'open';
create index change_link_of_order on checkout.change_link (order_id, made_at desc);
create index change_link_to_end on checkout.change_link (valid_until) where state = 'open';
create index change_link_of_record on checkout.change_link (record_id) where wish is not null;
