-- One program as data, who is a member by which source record, and what points buy. Points themselves are ledger entries.
-- Locks: none that matter, the tables are new.
create table loyalty.program (
  id               uuid primary key,
  name             text not null,
  is_current       boolean not null default true,
  created_at       timestamptz not null default now()
);
create unique index one_current_program on loyalty.program (is_current) where is_current;

-- Versioned and never edited: what a sale earned is explained by the version it was computed with.
create table loyalty.rule_set (
  program_id       uuid not null references loyalty.program,
  version          integer not null,
  points           integer not null check (points > 0),            -- so many points …
  per_minor_units  integer not null check (per_minor_units > 0),   -- … for each full amount of so much
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  pending_days     integer not null default 0 check (pending_days between 0 and 366),   -- points wait so long before they can be used [LOY-16]
  bonuses          jsonb not null default '[]' check (jsonb_typeof(bonuses) = 'array'), -- as the API takes them, in the order in which they are judged [LOY-13]
  tiers            jsonb,                                                               -- as the API takes them; null: none [LOY-15]
  terms            jsonb not null default '{}' check (jsonb_typeof(terms) = 'object'),  -- paying, referral, transfers, pools, as the API takes them
  valid_from       timestamptz not null default now(),              -- when it was written, and holds from unless a day is named
  begins_on        date,                                            -- it holds from the midnight of a store that begins this day [LOY-44]
  withdrawn_at     timestamptz,                                     -- before its day: it never held
  primary key (program_id, version)
);

-- Facts name the source record: a merge moves nothing, the customer's balance is the sum over linked records [LOY-3].
create table loyalty.membership (
  record_id    uuid primary key,
  program_id   uuid not null references loyalty.program,
  account_id   uuid not null,
  card_number  text not null unique,
  enrolled_at  timestamptz not null default now()
);

-- Versioned and never edited: a lot keeps what was decided when it was earned [LOY-9].
create table loyalty.expiry_policy (
  program_id  uuid not null references loyalty.program,
  version     integer not null,
  kind        text not null check (kind in ('never', 'days', 'months', 'years', 'inactivity')),
  length      integer not null check (length between 0 and 3660),  -- days, months or years of that kind
  valid_from  timestamptz not null default now(),
  primary key (program_id, version)
);

create table loyalty.reward (
  id          uuid primary key,
  program_id  uuid not null references loyalty.program,
  created_at  timestamptz not null default now()
);

-- What a reward gives and costs. A change, also its end, is a new version; redemptions keep theirs [LOY-7].
create table loyalty.reward_version (
  reward_id    uuid not null references loyalty.reward,
  version      integer not null,
  name         jsonb not null,
  cost         integer not null check (cost > 0),
  benefit      text not null check (benefit in ('product', 'amount', 'percentage')),
  variant_ids  uuid[],
  amount       bigint check (amount > 0),
  currency     text check (currency ~ '^[A-Z]{3}$'),
  numerator    integer check (numerator > 0),
  denominator  integer check (denominator >= numerator),
  valid_from   timestamptz,
  valid_to     timestamptz,
  place_ids    uuid[] not null default '{}',                -- empty: everywhere
  channel_ids  uuid[] not null default '{}',
  at           timestamptz not null default now(),
  primary key (reward_id, version),
  check (case benefit when 'product' then cardinality(variant_ids) > 0 and amount is null and numerator is null
                      when 'amount' then variant_ids is null and amount is not null and currency is not null and numerator is null
                      else variant_ids is null and amount is null and numerator is not null and denominator is not null end)
);

-- A reward that was used on an order, by the version it had.
create table loyalty.redemption (
  id              uuid primary key,
  order_id        uuid not null,
  position        integer not null,
  record_id       uuid not null,
  reward_id       uuid not null,
  reward_version  integer not null,
  points          bigint not null check (points > 0),
  amount          bigint not null check (amount > 0),        -- what it took off, in minor units
  currency        text not null,
  at              timestamptz not null,
  unique (order_id, position),
  foreign key (reward_id, reward_version) references loyalty.reward_version
);
create index redemption_of_record on loyalty.redemption (record_id);

-- Points that staff gave without a sale: who, why, and who stood behind it.
create table loyalty.points_grant (
  id             uuid primary key,                         -- made by whoever gives, so that the same grant sent again is one; the ledger's source
  record_id      uuid,                                     -- null once its person is erased
  points         integer not null check (points > 0),      -- [LOY-11]
  reason         text not null,
  granted_by     uuid not null,
  approved_by    uuid,
  entity_id      uuid not null,
  place_id       uuid,
  channel_id     uuid not null,
  business_date  date not null,
  time_zone      text not null,
  at             timestamptz not null
);
create index points_grant_of_staff on loyalty.points_grant (granted_by, business_date);
create index points_grant_of_record on loyalty.points_grant (record_id) where record_id is not null;

-- The balance of a record at the end of a day, for channels that show it as of last night. A day without movements has no row.
create table loyalty.balance_day (
  record_id      uuid not null,
  business_date  date not null,
  balance        bigint not null,
  primary key (record_id, business_date)
);

-- Published for channels that are shown a balance as of last night.
create view loyalty.read_balance_day as select record_id, business_date, balance from loyalty.balance_day;
comment on view loyalty.read_balance_day is 'not null: record_id, business_date, balance';

-- Points that paid a part of an order, as a tender of it [LOY-26].
create table loyalty.points_tender (
  tender_id   uuid primary key,                             -- of payments.tender
  order_id    uuid not null,
  record_id   uuid,                                         -- null once its person is erased
  program_id  uuid not null references loyalty.program,
  points      bigint not null check (points > 0),
  amount      bigint not null check (amount > 0),           -- minor units that they paid
  currency    text not null,
  at          timestamptz not null
);
create index points_tender_of_order on loyalty.points_tender (order_id);
create index points_tender_of_record on loyalty.points_tender (record_id) where record_id is not null;

-- People who share one purse [LOY-29]: everybody keeps their own account, and burning looks at all of them. Nothing moves when somebody comes or goes.
create table loyalty.pool (
  id          uuid primary key,
  program_id  uuid not null references loyalty.program,
  kind        text not null check (kind in ('family', 'business')),
  name        text not null,
  made_at     timestamptz not null
);

create table loyalty.pool_member (
  id         uuid primary key,
  pool_id    uuid not null references loyalty.pool,
  record_id  uuid not null,
  is_owner   boolean not null,
  may_spend  boolean not null,
  joined_at  timestamptz not null,
  left_at    timestamptz
);
create unique index pool_member_now on loyalty.pool_member (record_id) where left_at is null;
create index pool_member_of_pool on loyalty.pool_member (pool_id) where left_at is null;

-- An invitation is a link with 128 random bits; only its hash is kept.
create table loyalty.pool_invitation (
  code_hash   bytea primary key,
  pool_id     uuid not null references loyalty.pool,
  invited_by  uuid not null,
  may_spend   boolean not null,
  at          timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz
);
create index pool_invitation_of_pool on loyalty.pool_invitation (pool_id);

-- By which a member brings others [LOY-27].
create table loyalty.referral_code (
  record_id  uuid primary key,
  code       text not null unique check (code ~ '^[A-Z0-9]{8}$'),
  made_at    timestamptz not null
);

-- Who was brought by whom: both are thanked with the first order, once.
create table loyalty.referral (
  id           uuid primary key,                            -- the ledger's source
  friend_id    uuid,                                        -- null once its person is erased, as the other
  referrer_id  uuid,
  state        text not null check (state in ('waiting', 'thanked', 'refused', 'reversed')),
  because      text,                                        -- why it was refused
  order_id     uuid,                                        -- the first order
  minimum      bigint,                                      -- what that has to keep, in minor units
  thanked_on   date,
  at           timestamptz not null,
  check ((state in ('thanked', 'reversed')) = (thanked_on is not null))
);
create unique index referral_of_friend on loyalty.referral (friend_id) where friend_id is not null;
create index referral_of_referrer on loyalty.referral (referrer_id, thanked_on) where referrer_id is not null;
create index referral_of_order on loyalty.referral (order_id) where order_id is not null;

-- Points that a member gave to another [LOY-28]; the ledger's source.
create table loyalty.transfer (
  id             uuid primary key,                          -- made by the giver, so that the same transfer sent again is one
  program_id     uuid not null references loyalty.program,
  from_record    uuid,                                      -- null once its person is erased
  to_record      uuid,
  points         bigint not null check (points > 0),
  business_date  date not null,
  at             timestamptz not null
);
create index transfer_from on loyalty.transfer (from_record, business_date) where from_record is not null;
create index transfer_to on loyalty.transfer (to_record) where to_record is not null;

-- A member with the points of this record's account. Published for views.
create view loyalty.read_member as
  select membership.record_id, membership.program_id, membership.account_id, membership.card_number, membership.enrolled_at,
         balance.balance
  from loyalty.membership join ledger.read_balance as balance on balance.account_id = membership.account_id;
