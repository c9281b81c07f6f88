-- Touchpoints as a log that others follow [TCH-12], what each was part of [TCH-13], and which look sent twice [TCH-14].
-- Locks: the table for an instant, since the new columns have no default; the index is built while intake waits.

-- A batch is what one statement stored. Its number is known before the commit, so it stands on the touchpoints; its position in the log
-- (`intake_seq`) is given after the commit, to the batch alone: no touchpoint is written twice.
create sequence touchpoints.batch_number;
alter table touchpoints.touchpoint
  add column batch bigint,                             -- null for what was stored before there were batches
  add column customer_id_then uuid,                    -- whom the record belonged to when it was stored; never changed
  add column journey_ref text;                         -- 'cart/<id>', 'order/<id>', 'conversation/<id>' or 'campaign/<name>' [TCH-13]
create index touchpoint_batch on touchpoints.touchpoint (batch);

-- Batches without a position yet: a handful of rows, emptied several times a second.
create table touchpoints.waiting_batch (
  batch     bigint primary key,
  first_at  timestamptz not null,                      -- between these two lie all of its touchpoints: few partitions are looked into
  last_at   timestamptz not null,
  touches   integer not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
create table touchpoints.intake_batch (
  intake_seq  bigint primary key,                      -- without gaps, in an order in which nothing appears behind a reader
  batch       bigint not null,
  first_at    timestamptz not null,
  last_at     timestamptz not null,
  touches     integer not null,
  at          timestamptz not null default now()
);
create index intake_batch_age on touchpoints.intake_batch (at);
create table touchpoints.intake_head (is_only boolean primary key default true check (is_only), intake_seq bigint not null);
insert into touchpoints.intake_head (intake_seq) values (0);

-- How far each follower has read.
create table touchpoints.follower (
  name        text primary key,
  intake_seq  bigint not null,
  changed_at  timestamptz not null default now()
);

-- Gives committed batches their positions; answers the last one. The head's row decides who does it: another node that tries meanwhile has
-- nothing to do. A batch that commits later gets a later position, however early its number was taken.
create function touchpoints.give_positions() returns bigint language plpgsql as $$
declare
  position bigint;
begin
  if not exists (select from touchpoints.waiting_batch) then
    return (select intake_seq from touchpoints.intake_head);
  end if;
  select intake_seq into position from touchpoints.intake_head for update skip locked;
  if not found then
    return (select intake_seq from touchpoints.intake_head);
  end if;
  with taken as (
    delete from touchpoints.waiting_batch returning batch, first_at, last_at, touches
  ), kept as (
    insert into touchpoints.intake_batch (intake_seq, batch, first_at, last_at, touches)
    select position + row_number() over (order by batch), batch, first_at, last_at, touches from taken returning intake_seq
  )
  update touchpoints.intake_head set intake_seq = greatest(intake_seq, (select max(intake_seq) from kept)) returning intake_seq into position;
  return position;
end $$;

-- Touchpoints that say the same as an earlier one of the same person on the same channel, close to it, under another id or time: kept, and
-- marked for those who read.
create table touchpoints.resend (
  record_id          uuid not null,
  occurred_at        timestamptz not null,
  id                 uuid not null,
  channel_id         uuid not null,
  kind               text not null,
  name               text,
  because            text not null check (because in ('same_message_id', 'same_time', 'same_content')),
  first_occurred_at  timestamptz not null,
  first_id           uuid not null,
  noticed_at         timestamptz not null,
  primary key (record_id, occurred_at, id)
);
create index resend_noticed on touchpoints.resend (noticed_at desc, id desc);
create index resend_age on touchpoints.resend (occurred_at);

-- Forgets what happened before a month began [TCH-15]: whole partitions go, and one for all earlier times takes their place, so that what
-- comes late still has where to lie. Of a year that the month lies in, nothing: its rows are deleted by `touchpoints.forget_rows`.
-- Locks the whole table for an instant; answers how many partitions went.
create function touchpoints.forget_partitions(before_month date) returns integer language plpgsql as $$
declare
  edge constant timestamptz := date_trunc('month', before_month)::timestamp at time zone 'utc';
  reach timestamptz;
  gone text[];
begin
  with bounds as (
    select c.oid::regclass::text as name,
           (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz as upper
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'touchpoints.touchpoint'::regclass
  )
  select array_agg(name), max(upper) into gone, reach from bounds where upper <= edge;
  if coalesce(cardinality(gone), 0) < 2 then
    return 0;
  end if;
  for i in 1 .. cardinality(gone) loop
    execute 'drop table ' || gone[i];
  end loop;
  execute format('create table touchpoints.touchpoint_before partition of touchpoints.touchpoint for values from (minvalue) to (%L)', reach);
  return cardinality(gone) - 1;
end $$;

-- The rows before a month that lie in partitions which are still needed, some at a time. Answers how many went.
create function touchpoints.forget_rows(before_month date, most integer) returns integer language plpgsql as $$
declare
  gone integer;
begin
  delete from touchpoints.touchpoint t using (
    select record_id, occurred_at, id from touchpoints.touchpoint
     where occurred_at < date_trunc('month', before_month)::timestamp at time zone 'utc' limit most) old
   where t.record_id = old.record_id and t.occurred_at = old.occurred_at and t.id = old.id;
  get diagnostics gone = row_count;
  return gone;
end $$;
