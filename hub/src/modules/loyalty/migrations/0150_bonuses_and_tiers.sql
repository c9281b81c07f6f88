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
  voided_at      timestamptz,                          -- a visit that it was had for came back whole: it counts no more [LOY-45]
  primary key (order_id, bonus_id)
);
create index bonus_use_of_record on loyalty.bonus_use (record_id, bonus_id, business_date) where record_id is not null;

-- The days from `p_from` to before `p_until` on which some records bought what is still theirs. `p_without` is an order that is just coming back.
create function loyalty.visit_days(p_records uuid[], p_from date, p_until date, p_without uuid) returns setof date language sql stable as $$
  select distinct e.business_date from ledger.read_movement e
   where e.record_id = any (p_records) and e.unit like 'points:%' and e.source_type = 'order' and e.kind = 'earn' and e.source_id is distinct from p_without
     and e.business_date >= p_from and e.business_date < p_until
     and (select sum(m.amount) from ledger.read_movement m
           where m.record_id = e.record_id and m.source_type = 'order' and m.source_id = e.source_id and m.kind in ('earn', 'take_back')) > 0
$$;

-- Weeks or months in a row with a purchase that end with the one before a day's, at most so many; what was had for a streak on `p_had` begins another one
-- only with the period after it.
create function loyalty.streak_before(p_records uuid[], p_per text, p_most integer, p_today date, p_had date, p_without uuid) returns integer
language sql stable as $$
  with period as (select date_trunc(p_per, p_today)::date as this, ('1 ' || p_per)::interval as step),
  seen as (
    select p, row_number() over (order by p desc) as n
      from (select distinct date_trunc(p_per, d)::date as p from period,
                   loyalty.visit_days(p_records, (period.this - p_most * period.step)::date, period.this, p_without) d) each
     where p_had is null or p > date_trunc(p_per, p_had)::date)
  select count(*)::integer from seen, period where seen.p = (period.this - seen.n * period.step)::date
$$;

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
