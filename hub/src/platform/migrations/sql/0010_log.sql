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
);
-- A queue: almost every row is dead, and the sequencer reads around the dead ones.
alter table platform.outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_threshold = 1000000);

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

-- How far each subscriber has come. What is at or before `position` is done or parked in dead_letter [SUB-1].
create table platform.subscription (
  name        text primary key,
  position    bigint not null,
  changed_at  timestamptz not null default now()
) with (fillfactor = 50);

-- Events that a subscriber could not process, and those of the same subject that wait behind them, so that order holds [SUB-3].
--   retrying  is tried again by itself at `next_try_at`
--   waiting   for a person, or for the letter `waits_for`
--   replayed  was given again and went well · discarded  was put aside by a person
create table platform.dead_letter (
  id           uuid primary key,
  subscriber   text not null,
  position     bigint not null,
  event_id     uuid not null,
  type         text not null,
  subject      text not null,
  data         jsonb not null,
  event_at     timestamptz not null,
  state        text not null check (state in ('retrying', 'waiting', 'replayed', 'discarded')),
  attempts     integer not null,
  error        text not null,
  waits_for    uuid,
  next_try_at  timestamptz not null default now(),
  parked_at    timestamptz not null default now(),
  died_at      timestamptz,
  resolved_at  timestamptz,
  unique (subscriber, position)
);
create index dead_letter_open on platform.dead_letter (subscriber, subject, position) where state in ('retrying', 'waiting');
create index dead_letter_due on platform.dead_letter (next_try_at) where state = 'retrying' and waits_for is null;
create index dead_letter_list on platform.dead_letter (state, position desc, id);

-- A letter is done: the first event behind it goes on, the others then wait for that one.
create function platform.release_dead_letters(done uuid) returns void
  language sql as $$
  with next as (
    select id from platform.dead_letter where waits_for = done and state in ('retrying', 'waiting') order by position limit 1
  )
  update platform.dead_letter letter
     set state = 'retrying', next_try_at = now(), waits_for = case when letter.id = next.id then null else next.id end
    from next where letter.waits_for = done and letter.state in ('retrying', 'waiting')
  $$;

-- Opens one live stream where no cookie can be sent: 30 s, single use. Lost with a crash, so not logged.
create unlogged table platform.live_ticket (
  hash        bytea primary key,
  actor       jsonb not null,
  expires_at  timestamptz not null
);

-- What the last invariant checks found; the newest row is what the health page shows.
create table platform.invariant_check (
  checked_at  timestamptz primary key,
  results     jsonb not null
);
