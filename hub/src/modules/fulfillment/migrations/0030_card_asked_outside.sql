-- A hand-over whose card must be asked outside: kept, so that a late answer or a restart goes on from here. Locks: none, the table is new.
create table fulfillment.hand_over_attempt (
  id              uuid primary key,
  fulfillment_id  uuid not null references fulfillment.fulfillment,
  order_id        uuid not null,
  state           text not null default 'charging' check (state in ('charging', 'handed_over', 'failed')),
  intent_ids      uuid[] not null,
  tenders         jsonb not null,             -- how what is due is paid, without any token
  proof           text not null,
  actor           jsonb not null,             -- who hands over, on which channel and where
  request         jsonb,                      -- the idempotency key that waits for the answer
  error           jsonb,                      -- why it failed
  created_at      timestamptz not null,
  resume_after    timestamptz not null,
  ended_at        timestamptz,
  check ((state = 'charging') = (ended_at is null))
) with (fillfactor = 70);
-- One payment of an order at a time [FUL-11].
create unique index hand_over_attempt_of_order on fulfillment.hand_over_attempt (order_id) where state = 'charging';
create index hand_over_attempt_to_resume on fulfillment.hand_over_attempt (resume_after) where state = 'charging';
create index hand_over_attempt_intents on fulfillment.hand_over_attempt using gin (intent_ids);
create index hand_over_attempt_of_fulfillment on fulfillment.hand_over_attempt (fulfillment_id);
