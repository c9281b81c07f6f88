-- Points that staff gave without a sale: who, why, and who stood behind it. Locks: none that matter, the table is new.
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
