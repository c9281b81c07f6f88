-- What people did on every channel. Locks: none that matter, the tables are new.
-- It grows without end: the key begins with the record, nothing but the key is unique, no foreign key and no trigger [foundations 6].
create table touchpoints.touchpoint (
  record_id      uuid not null,
  occurred_at    timestamptz not null,                 -- by the hub's clock [TCH-2]
  id             uuid not null,                        -- ordered by when it was taken in
  channel_id     uuid,
  message_id     text,                                 -- the sender's own
  kind           text not null,
  name           text,
  received_at    timestamptz not null,
  sent_at        timestamptz,                          -- by the sender's clock, as are original_at
  original_at    timestamptz,
  fingerprint    integer,                              -- of the payload without ids and times: a resend under a new id looks the same
  place_id       uuid,                                 -- only what happened at a till, with a card or at a hand-over says where somebody was [TCH-5]
  payload        jsonb not null default '{}',
  reference_kind text,                                 -- what it is about: cart, order, message…
  reference_id   uuid,
  shown          jsonb,                                -- what the hub presented; null when it presented nothing
  batch          bigint,                               -- which statement stored it, see 0002_followers.sql
  customer_id_then uuid,                               -- whom the record belonged to when it was stored; never changed
  journey_ref    text,                                 -- 'cart/<id>', 'order/<id>', 'conversation/<id>' or 'campaign/<name>' [TCH-13]
  -- With what timelines are narrowed by: to say that somebody was never on a channel, 4,000 rows were fetched one by one (100 ms from disk).
  primary key (record_id, occurred_at, id) include (channel_id, kind)
) partition by range (occurred_at);
-- Must stay empty: times are clamped to where partitions are.
create table touchpoints.touchpoint_default partition of touchpoints.touchpoint default;
create index touchpoint_batch on touchpoints.touchpoint (batch);

-- Each of a channel's messages once [TCH-1]. The key is sixteen bytes: four of the hour of the sender's own time, so that new keys
-- share pages, and twelve of a hash of channel and message id.
create table touchpoints.message_key (
  message_key  uuid primary key,
  record_id    uuid not null,
  occurred_at  timestamptz not null,
  id           uuid not null
);
-- Keys are kept as long as the touchpoints they stand for. Rows come in the order of time, so a few pages per index entry say enough, and a
-- batch of touchpoints pays next to nothing for it.
create index message_key_age on touchpoints.message_key using brin (occurred_at) with (autosummarize = on);

-- What could not be processed, raw, with its reason: to be mended and given again from a screen.
create table touchpoints.quarantine (
  id           uuid primary key,
  at           timestamptz not null,
  kind         text not null,                          -- intake, and what other modules put here: a line of an import, a command of a till
  channel_id   uuid,
  record_id    uuid,                                   -- once known: it is deleted with the person
  reason       text not null,
  detail       text,
  raw          text not null,
  context      jsonb not null default '{}',            -- what its handler needs beside the raw text; no personal values
  state        text not null default 'waiting' check (state in ('waiting', 'replayed', 'discarded')),
  resolved_at  timestamptz,
  resolved_by  uuid,
  note         text
);
create index quarantine_state on touchpoints.quarantine (state, id);
create index quarantine_record on touchpoints.quarantine (record_id) where record_id is not null;
create index quarantine_age on touchpoints.quarantine (at);

-- What waits in quarantine, by kind and channel, for whoever must look at it.
create view touchpoints.read_waiting as
  select kind, channel_id, count(*)::integer as items, min(at) as since from touchpoints.quarantine where state = 'waiting' group by kind, channel_id;
comment on view touchpoints.read_waiting is 'not null: kind, items, since';

-- Makes the partitions of the months from `from_month` to so many after this one. A month that has rows in the default is left there:
-- an invariant shows it.
create function touchpoints.make_partitions(ahead integer, from_month date default null) returns void language plpgsql as $$
declare
  this_month constant date := date_trunc('month', now() at time zone 'utc')::date;
  wanted date;
begin
  for wanted in select generate_series(coalesce(from_month, this_month), this_month + make_interval(months => ahead), interval '1 month')::date loop
    if to_regclass('touchpoints.touchpoint_' || to_char(wanted, 'YYYYMM')) is null
       and not exists (select from touchpoints.touchpoint_default
                        where occurred_at >= wanted::timestamp at time zone 'utc' and occurred_at < (wanted + interval '1 month') at time zone 'utc') then
      perform touchpoints.make_partition('touchpoint_' || to_char(wanted, 'YYYYMM'), wanted, (wanted + interval '1 month')::date);
    end if;
  end loop;
end $$;

create function touchpoints.make_partition(partition text, first date, after date) returns void language plpgsql as $$
begin
  execute format('create table touchpoints.%I partition of touchpoints.touchpoint for values from (%s) to (%L)', partition,
                 case when first = '-infinity' then 'minvalue' else quote_literal(first || ' 00:00:00+00') end, after || ' 00:00:00+00');
end $$;

-- Months of the year of installation and on; one partition for each year before, for what is imported; one for all before those.
do $$
declare
  this_year constant integer := extract(year from now() at time zone 'utc');
begin
  perform touchpoints.make_partition('touchpoint_before', '-infinity', make_date(this_year - 20, 1, 1));
  for past in this_year - 20 .. this_year - 1 loop
    perform touchpoints.make_partition('touchpoint_' || past, make_date(past, 1, 1), make_date(past + 1, 1, 1));
  end loop;
  perform touchpoints.make_partitions(2, make_date(this_year, 1, 1));
end $$;

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
