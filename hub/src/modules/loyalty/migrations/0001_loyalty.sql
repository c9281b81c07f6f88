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
  valid_from       timestamptz not null default now(),
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

-- A member with the points of this record's account. Published for views.
create view loyalty.read_member as
  select membership.record_id, membership.program_id, membership.account_id, membership.card_number, membership.enrolled_at,
         balance.balance
  from loyalty.membership join ledger.read_balance as balance on balance.account_id = membership.account_id;
