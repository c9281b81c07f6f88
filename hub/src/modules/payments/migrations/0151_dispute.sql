-- Payments that a cardholder took back at their bank [PAY-43]: what its provider says of it, until when an answer is expected and how it ended. Locks: none
-- that matter, the table is new.
create table payments.dispute (
  id          uuid primary key,
  provider    text not null,
  reference   text not null,                 -- as the provider calls it
  intent_id   uuid not null references payments.intent,
  state       text not null check (state in ('open', 'answered', 'won', 'lost')),
  amount      bigint not null check (amount > 0),
  currency    text not null,
  reason      text not null,                 -- the provider's word for it
  due_at      timestamptz,                   -- until when it is to be answered
  opened_at   timestamptz not null,
  changed_at  timestamptz not null,
  unique (provider, reference)
);
create index dispute_of_intent on payments.dispute (intent_id);
create index dispute_open on payments.dispute (due_at) where state = 'open';

-- Disputes that somebody has to answer, with their orders. Published for `tasks`.
create view payments.read_open_dispute as
  select d.id, i.order_id, coalesce(d.due_at, d.opened_at + interval '7 days') as due_at
    from payments.dispute d join payments.intent i on i.id = d.intent_id
   where d.state = 'open' and i.order_id is not null;
comment on view payments.read_open_dispute is 'not null: id, order_id, due_at';
