-- What gift cards paid at registers without the hub although it was not on them: the loss of the house. Locks: none that matter, the table is new.
create table payments.overspent (
  tender_id  uuid primary key,
  card_id    uuid not null references payments.gift_card,
  order_id   uuid not null,
  place_id   uuid not null,
  amount     bigint not null check (amount > 0),
  currency   text not null,
  at         timestamptz not null
);
create index overspent_of_card on payments.overspent (card_id);

-- Cards that were blocked because of it and that nobody has looked at yet. Published for tasks.
create view payments.read_overspent_card as
  select card.id as card_id, card.last4, last.order_id, last.place_id, last.at, sum(o.amount)::bigint as lost, o.currency
    from payments.gift_card card join payments.overspent o on o.card_id = card.id
    join lateral (select order_id, place_id, at from payments.overspent n where n.card_id = card.id order by at desc, tender_id limit 1) last on true
   where card.blocked_at is not null and card.block_reason = 'overspent'
   group by card.id, last.order_id, last.place_id, last.at, o.currency;
comment on view payments.read_overspent_card is 'not null: card_id, last4, order_id, place_id, at, lost, currency';
