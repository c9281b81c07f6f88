-- The memory of the sandbox payment provider: it stands for somebody else's database, so that a hub that was restarted can ask what
-- became of a payment. Locks: none that matter, the table is new.
create table integrations.sandbox_charge (
  intent_id    uuid primary key,
  state        text not null check (state in ('pending', 'authorized', 'captured', 'declined', 'canceled')),
  token        text not null,
  amount       bigint not null,
  currency     text not null,
  answers_at   timestamptz,                  -- when a late one will be approved
  challenge    text unique,                  -- a step at the payer's bank, 128 random bits: whoever has it decides, as there
  return_url   text,
  authorized_until  timestamptz,             -- of a card that has agreed and is charged later
  keeps_card   boolean not null default false, -- it is to be charged again later, by its token
  told         boolean not null default true,  -- whether the hub was told, as by a webhook
  created_at   timestamptz not null default now()
);
create index sandbox_charge_late on integrations.sandbox_charge (answers_at) where state = 'pending' or not told;

create table integrations.sandbox_refund (
  refund_id  uuid not null,
  attempt    integer not null default 1,
  intent_id  uuid not null,
  amount     bigint not null,
  primary key (refund_id, attempt)
);
