-- Work that tables sent to the stations before they pay, so that their orders do not bring it once more [PRM-34]. Kept from events, a moment late.
-- Locks: none that matter, the table is new.
create table promises.sent_work (
  round_id      uuid not null,
  cart_id       uuid not null,                 -- the ticket that it is on now: lines move from one to another
  work_seconds  integer not null check (work_seconds > 0),
  at            timestamptz not null,
  primary key (round_id, cart_id)
);
create index sent_work_of_cart on promises.sent_work (cart_id);
