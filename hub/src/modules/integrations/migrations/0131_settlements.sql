-- What payment providers say they settled, as they said it: compared with our own movements, and changing none of them [PAY-40]. Locks: none that
-- matter, the table is new.
create table integrations.settlement_line (
  id           uuid primary key,
  account      text not null,                            -- the provider, as intents name it
  line_key     text not null,                            -- the provider's own key of the line, or all that it says
  kind         text not null check (kind in ('payment', 'refund', 'fee', 'payout', 'other')),
  reference    text not null,
  amount       bigint not null,                          -- minor units, of a refund below zero
  fee          bigint not null default 0,
  currency     text not null check (currency ~ '^[A-Z]{3}$'),
  settled_on   date not null,
  source       text not null check (source in ('provider', 'file')),
  at           timestamptz not null,
  staff_id     uuid,
  unique (account, line_key)                             -- a line that comes again is known
);
create index settlement_line_day on integrations.settlement_line (account, settled_on);
create index settlement_line_reference on integrations.settlement_line (account, reference);
