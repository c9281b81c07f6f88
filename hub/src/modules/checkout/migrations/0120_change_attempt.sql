-- Changes of orders that wait for an outside provider to take what they cost more [CHK-26]: kept, so that a late answer or a restart goes on from
-- here. Locks: none that matter, the table is new.
create table checkout.change_attempt (
  id            uuid primary key,
  order_id      uuid not null,
  record_id     uuid,                         -- of the order: an erasure finds what was wished by it
  state         text not null default 'charging' check (state in ('charging', 'changed', 'failed')),
  intent_ids    uuid[] not null,
  wish          jsonb,                        -- what is to be different, without any card; null once it has ended
  return_path   text,                         -- where the payer comes back to after a step at their bank
  actor         jsonb not null,               -- who changes, on which channel and where
  request       jsonb not null,               -- the idempotency key that waits for the answer
  error         jsonb,                        -- why it failed
  created_at    timestamptz not null,
  resume_after  timestamptz not null,
  ended_at      timestamptz,
  check ((state = 'charging') = (ended_at is null)),
  check ((wish is null) = (ended_at is not null))
) with (fillfactor = 70);
-- One payment of a change of an order at a time.
create unique index change_attempt_of_order on checkout.change_attempt (order_id) where state = 'charging';
create index change_attempt_to_resume on checkout.change_attempt (resume_after) where state = 'charging';
create index change_attempt_intents on checkout.change_attempt using gin (intent_ids);
create index change_attempt_of_record on checkout.change_attempt (record_id) where wish is not null;
