-- Partners: other firms with whom members earn points of this program, and where points pay. What a partner owes, or is owed, is in the ledger. Locks: none, the tables are new.
create table loyalty.partner (
  id          uuid primary key,
  name        text not null,
  entity_id   uuid not null,                            -- who gives the points, and is owed for them
  channel_id  uuid not null,                            -- under which they are booked
  key_hash    bytea not null unique,                    -- SHA-256 of the key by which the partner's system is known; the key itself is shown once
  made_at     timestamptz not null,
  ended_at    timestamptz                               -- no more points from then on; what was earned stays explained
);

-- Versioned and never edited: what a purchase earned and costs the partner is explained by the version that it was booked with [LOY-42].
create table loyalty.partner_terms (
  partner_id       uuid not null references loyalty.partner,
  version          integer not null,
  points           integer not null check (points > 0),            -- so many points ...
  per_minor_units  integer not null check (per_minor_units > 0),   -- ... for each full amount of so much
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  charge           integer not null check (charge >= 0),           -- what the partner owes for a hundred points, in minor units
  most             integer not null check (most > 0),              -- points of one purchase
  counts_for_tiers boolean not null default false,                 -- whether what is earned so counts for tiers
  pays             integer check (pays > 0),                       -- what a hundred points pay there, in minor units; null: points pay nothing there
  pays_most        integer check (pays_most > 0),                  -- points that a member uses there on one day
  valid_from       timestamptz not null,
  primary key (partner_id, version),
  constraint pays_up_to_a_most check ((pays is null) = (pays_most is null))
);

-- A purchase at a partner. Its id is the source in the ledger.
create table loyalty.partner_earning (
  id             uuid primary key,
  partner_id     uuid not null references loyalty.partner,
  reference      text not null,                                    -- the partner's own: the same again is the same purchase
  record_id      uuid,                                             -- null once its person is erased
  amount         bigint not null check (amount >= 0),              -- what was paid, in minor units
  left_amount    bigint not null check (left_amount between 0 and amount),   -- what stays of it after returns
  returns        integer not null default 0,
  points         bigint not null check (points >= 0),
  terms_version  integer not null,
  business_date  date not null,
  at             timestamptz not null,
  unique (partner_id, reference),
  foreign key (partner_id, terms_version) references loyalty.partner_terms
);
create index partner_earning_of_record on loyalty.partner_earning (record_id) where record_id is not null;
create index partner_earning_of_day on loyalty.partner_earning (partner_id, business_date);

-- Points that paid at a partner [LOY-46]. Its id is the source in the ledger.
create table loyalty.partner_burning (
  id             uuid primary key,
  partner_id     uuid not null references loyalty.partner,
  reference      text not null,                                    -- the partner's own: the same again is the same payment
  record_id      uuid,                                             -- null once its person is erased
  points         bigint not null check (points > 0),
  left_points    bigint not null check (left_points between 0 and points),   -- what stays paid after returns
  returns        integer not null default 0,
  terms_version  integer not null,
  business_date  date not null,
  at             timestamptz not null,
  unique (partner_id, reference),
  foreign key (partner_id, terms_version) references loyalty.partner_terms
);
create index partner_burning_of_record on loyalty.partner_burning (record_id, business_date) where record_id is not null;

-- Money that a partner paid, or was paid where that is below zero; the ledger's source.
create table loyalty.partner_payment (
  id             uuid primary key,                                 -- made by the caller, so that the same payment sent again is one
  partner_id     uuid not null references loyalty.partner,
  amount         bigint not null check (amount <> 0),
  currency       text not null,
  note           text,
  business_date  date not null,
  at             timestamptz not null
);
create index partner_payment_of_partner on loyalty.partner_payment (partner_id, business_date);
