-- What members had of bonuses that are limited or count from sale to sale, and which tier they are in. Locks: none that matter, the tables are new.
create table loyalty.bonus_use (
  order_id       uuid not null,
  bonus_id       uuid not null,                        -- an element of loyalty.rule_set.bonuses
  record_id      uuid,                                 -- null once its person is erased
  business_date  date not null,
  at             timestamptz not null,
  pieces         integer not null check (pieces >= 0), -- that a stamp card counted of the order, as far as they are still theirs
  times          integer not null check (times >= 0),  -- how often they made it full
  had            jsonb not null,                       -- the bonus as the order had it, to compute it again after a return
  primary key (order_id, bonus_id)
);
create index bonus_use_of_record on loyalty.bonus_use (record_id, bonus_id, business_date) where record_id is not null;

-- The tier of a record: that of its customer, on all records that are linked now [LOY-15].
create table loyalty.tier_standing (
  record_id    uuid primary key,
  tier         text,                                   -- a code of loyalty.rule_set.tiers; null: below the first
  since        timestamptz not null,
  below_since  date,                                   -- since when they have been below it: the days of grace run
  reached      bigint not null,
  records      uuid[] not null,                        -- whose sales counted: those of the customer then
  checked_on   date not null
);
create index tier_standing_due on loyalty.tier_standing (checked_on);

-- How it came to that. A change that changed nothing is none.
create table loyalty.tier_change (
  id         uuid primary key,
  record_id  uuid not null,
  at         timestamptz not null,
  before     text,
  after      text,
  reached    bigint not null,
  records    uuid[] not null,                          -- unlinked again, a record has the tier that it last had without the others
  version    integer not null                          -- of loyalty.rule_set
);
create index tier_change_of_record on loyalty.tier_change (record_id, at);

-- That a member was told of points that are about to expire, once for each day on which some do.
create table loyalty.expiry_warning (
  record_id   uuid not null,
  expires_at  timestamptz not null,
  at          timestamptz not null,
  primary key (record_id, expires_at)
);

-- Published for views: who is in which tier.
create view loyalty.read_tier as select record_id, tier, since, below_since, reached from loyalty.tier_standing;
comment on view loyalty.read_tier is 'not null: record_id, since, reached';
