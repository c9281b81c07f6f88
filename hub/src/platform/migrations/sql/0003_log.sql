-- The outbox of committed facts and the log that gives them their position. Locks: none, the tables are new.

-- Written by business transactions after the subject's row is locked, so `seq` follows the commits of one subject [LOG-1].
create table platform.outbox (
  seq      bigint generated always as identity primary key,
  id       uuid not null,
  type     text not null,
  subject  text not null,
  data     jsonb not null,
  at       timestamptz not null default now(),
  trace    text
-- A queue: almost every row is dead, and the sequencer reads around the dead ones.
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_threshold = 1000000);

-- The one row that says how far the log goes. Its lock also makes two sequencers at once impossible.
create table platform.log_head (
  only_one  boolean primary key default true check (only_one),
  position  bigint not null,
  day       date not null
);
insert into platform.log_head (position, day) values (0, (now() at time zone 'utc')::date);

-- Positions have no gaps [LOG-2]. `day` is the UTC day of sequencing; it never falls while the position rises, so a reader
-- who says from which day on opens only the partitions that it needs.
create table platform.event_log (
  position  bigint not null,
  day       date not null,
  id        uuid not null,
  type      text not null,
  subject   text not null,
  data      jsonb not null,
  at        timestamptz not null,
  trace     text,
  primary key (position, day)
) partition by range (day);
-- Takes what no partition was made for, so that a late job never stops the log. Stays empty as long as the job runs.
create table platform.event_log_default partition of platform.event_log default;

-- Makes the partitions from today to `ahead` days later that do not exist yet. A day that has begun in the default partition stays there.
create function platform.make_event_log_partitions(ahead integer) returns void
  language plpgsql as $$
declare
  wanted date;
  partition text;
begin
  for wanted in select (now() at time zone 'utc')::date + offset_days from generate_series(0, ahead) as offset_days loop
    partition := 'event_log_' || to_char(wanted, 'YYYYMMDD');
    if to_regclass('platform.' || partition) is null and not exists (select from platform.event_log_default where day = wanted) then
      execute format('create table platform.%I partition of platform.event_log for values from (%L) to (%L)', partition, wanted, wanted + 1);
    end if;
  end loop;
end $$;

-- Drops the days that are older than `kept` days and answers how many. Who is further behind is rebuilt from the tables.
create function platform.drop_event_log_partitions(kept integer) returns integer
  language plpgsql as $$
declare
  first_kept constant date := (now() at time zone 'utc')::date - kept;
  partition text;
  dropped integer := 0;
begin
  for partition in
    select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = 'platform.event_log'::regclass and relname ~ '^event_log_\d{8}$'
       and to_date(right(relname, 8), 'YYYYMMDD') < first_kept
  loop
    execute format('drop table platform.%I', partition);
    dropped := dropped + 1;
  end loop;
  delete from platform.event_log_default where day < first_kept;
  return dropped;
end $$;

select platform.make_event_log_partitions(7);

-- How SQL functions of modules publish. The trace is that of the request, where the transaction was told it.
create function platform.publish(id uuid, type text, subject text, data jsonb) returns void
  language plpgsql as $$
begin
  insert into platform.outbox (id, type, subject, data, trace)
  values (publish.id, publish.type, publish.subject, publish.data, nullif(current_setting('weft.trace', true), ''));
end $$;

-- As `publish`, for several subjects: one insert instead of a call and an insert for each.
create function platform.publish_each(type text, subjects text[], datas jsonb[]) returns void
  language plpgsql as $$
begin
  insert into platform.outbox (id, type, subject, data, trace)
  select uuidv7(), publish_each.type, fact.subject, fact.data, nullif(current_setting('weft.trace', true), '')
    from unnest(subjects, datas) as fact (subject, data);
end $$;
