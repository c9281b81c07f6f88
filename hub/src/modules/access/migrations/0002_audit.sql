-- Who did what. Locks: none, everything is new.

-- Reads and writes of personal data and denied tries. Grows without end: by month, kept three years.
create table access.audit_entry (
  id          uuid not null,
  at          timestamptz not null,                               -- in whole milliseconds, as a cursor carries it
  actor_kind  text not null,
  actor_id    text,
  action      text not null,
  subject     text not null,
  channel_id  uuid,
  place_id    uuid,
  device_id   uuid,                                               -- where it came from: people are told at which till their file was opened
  reason      text,
  outcome     text not null check (outcome in ('allowed', 'denied')),
  request_id  text not null,
  primary key (at, id)
) partition by range (at);
create index audit_by_subject on access.audit_entry (subject, at desc, id desc);
create index audit_by_actor on access.audit_entry (actor_id, at desc, id desc);
-- Stays empty while partitions are made ahead; without it a late job would make reading people's data impossible.
create table access.audit_entry_default partition of access.audit_entry default;

-- Makes the partitions of this month and the `ahead` months after it. Called by a job; safe to repeat. A month that has begun in the
-- default partition stays there.
create function access.make_audit_partitions(ahead integer) returns void language plpgsql as $$
declare
  first_month constant date := date_trunc('month', now() at time zone 'UTC');
  month date;
begin
  for month in select first_month + make_interval(months => n) from generate_series(0, ahead) as n loop
    if to_regclass('access.audit_entry_' || to_char(month, 'YYYY_MM')) is null
       and not exists (select from access.audit_entry_default where at >= month::timestamp at time zone 'UTC' and at < (month + interval '1 month') at time zone 'UTC') then
      execute format(
        'create table access.%I partition of access.audit_entry for values from (%L) to (%L)',
        'audit_entry_' || to_char(month, 'YYYY_MM'), month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    end if;
  end loop;
end $$;
select access.make_audit_partitions(3);

-- Drops the months that ended more than `kept` months ago and answers how many.
create function access.drop_audit_partitions(kept integer) returns integer language plpgsql as $$
declare
  first_kept constant text := to_char((now() at time zone 'UTC') - make_interval(months => kept), 'YYYY_MM');
  partition text;
  dropped integer := 0;
begin
  for partition in
    select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = 'access.audit_entry'::regclass and relname ~ '^audit_entry_\d{4}_\d{2}$' and right(relname, 7) < first_kept
  loop
    execute format('drop table access.%I', partition);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;

-- Somebody says that an access to their file was not theirs to cause [ACC-15].
create table access.objection (
  entry_id   uuid primary key,
  record_id  uuid not null,
  at         timestamptz not null
);
create index objection_of on access.objection (record_id);

-- Files with personal data that were taken out of the hub, rows of the office's lists among them, for the privacy officers.
create index audit_exports on access.audit_entry (at desc, id desc)
  where action in ('customers.export', 'exports.customers', 'exports.events', 'exports.consents', 'exports.list', 'imports.refused');

-- An export of many is there twice, when it begins and when it is over: the beginning says who takes it and for whom.
create view access.read_export as
  select a.id, a.at, a.action, a.subject, a.actor_kind, m.name as actor_name, a.channel_id, a.reason
    from access.audit_entry a left join access.staff m on a.actor_kind = 'staff' and m.id::text = a.actor_id
   where a.action in ('customers.export', 'exports.customers', 'exports.events', 'exports.consents', 'exports.list', 'imports.refused')
     and a.outcome = 'allowed' and (a.reason is null or a.reason not like 'complete, %') and (a.reason is null or a.reason not like 'broken off, %');
comment on view access.read_export is 'not null: id, at, action, subject, actor_kind';
