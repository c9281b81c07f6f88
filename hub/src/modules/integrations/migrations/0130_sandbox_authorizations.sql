-- What was charged of the cards of the sandbox that only agreed. Locks: none that matter, the table is new.
create table integrations.sandbox_capture (
  capture_id  uuid not null,
  attempt     integer not null,
  intent_id   uuid not null,
  amount      bigint not null check (amount > 0),
  is_last     boolean not null,
  at          timestamptz not null default now(),
  primary key (capture_id, attempt)
);
create index sandbox_capture_of_intent on integrations.sandbox_capture (intent_id);
