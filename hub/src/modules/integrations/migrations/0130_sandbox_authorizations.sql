-- Cards of the sandbox that only agree, and what was charged of them. Locks: the sandbox's own tables for a moment.
alter table integrations.sandbox_charge drop constraint sandbox_charge_state_check;
alter table integrations.sandbox_charge
  add constraint sandbox_charge_state_check check (state in ('pending', 'authorized', 'captured', 'declined', 'canceled')),
  add column authorized_until timestamptz;

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
