-- Cards in the wallets of phones, and who was shown which code of a card. Locks: none that matter, the tables are new.
create table loyalty.wallet_pass (
  id          uuid primary key,                     -- the serial number; in no address without its token
  record_id   uuid,                                 -- null once its person is erased: until the wallet was told
  wallet      text not null check (wallet in ('apple', 'google')),
  locale      text not null,
  made_at     timestamptz not null,
  -- Since when it shows something else: whole seconds, and later with each change, so that "modified since" is exact [LOY-24].
  changed_at  timestamptz not null check (changed_at = date_trunc('second', changed_at)),
  unique (record_id, wallet)
);

-- Phones that want to be told of changes of a pass. The token is what their wallet gave for that, and reaches nobody else.
create table loyalty.wallet_registration (
  device_id      text not null check (length(device_id) between 1 and 200),
  pass_id        uuid not null references loyalty.wallet_pass on delete cascade,
  push_token     text not null check (length(push_token) between 1 and 300),
  registered_at  timestamptz not null,
  primary key (device_id, pass_id)
);
create index wallet_registration_of_pass on loyalty.wallet_registration (pass_id);

create table loyalty.card_showing (
  code_hash  bytea primary key,                     -- of what the QR held: a token and the code of half a minute
  holder     text not null,                         -- the till that was shown it first [LOY-22]
  at         timestamptz not null default now()
);
create index card_showing_age on loyalty.card_showing (at);
