-- The codes that gift cards had before they were lost and given new ones: they pay nothing, and whoever holds one is told why. Locks:
-- payments.gift_card against writes while its index is made.
create table payments.gift_card_code (
  id           uuid primary key,
  card_id      uuid not null references payments.gift_card,
  code_mac     bytea not null unique,
  last4        text not null,
  reason       text not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null
);
create index gift_card_code_of_card on payments.gift_card_code (card_id);
create index gift_card_code_by_end on payments.gift_card_code (last4);
create index gift_card_by_end on payments.gift_card (last4);
