-- What is due on an order and is paid before its goods leave: by the card that was kept when it was ordered [CHK-55], or by its customer [CHK-56].
-- Kept, so that a late answer or a restart goes on from here. Locks: none that matter, the table is new.
create table checkout.due_payment (
  id              uuid primary key,
  order_id        uuid not null,
  fulfillment_id  uuid,                         -- the part that is about to leave, for which a kept card is charged; null: its customer pays
  state           text not null default 'charging' check (state in ('charging', 'paid', 'failed')),
  intent_id       uuid not null unique,
  return_path     text,                         -- where the payer comes back to after a step at their bank
  request         jsonb,                        -- the idempotency key that waits for the answer
  error           jsonb,                        -- why it failed
  created_at      timestamptz not null,
  resume_after    timestamptz not null,
  ended_at        timestamptz,
  check ((state = 'charging') = (ended_at is null))
) with (fillfactor = 70);
-- One payment of what is due at a time, and a kept card is asked once for a part.
create unique index due_payment_of_order on checkout.due_payment (order_id) where state = 'charging';
create unique index due_payment_of_part on checkout.due_payment (fulfillment_id);
create index due_payment_to_resume on checkout.due_payment (resume_after) where state = 'charging';
create index due_payment_of_key on checkout.due_payment (order_id, created_at desc);
