-- What left the hub to a person, and by which fact it was caused. Locks: none that matter, the tables are new.
-- It grows without end: the key begins with the record, partitions are months, and nothing but the key is unique [foundations 6].
create table messages.outbound (
  record_id    uuid not null,                          -- whom it is for; all zeros while nobody is known by the address
  created_at   timestamptz not null,
  id           uuid not null,
  kind         text not null check (kind in ('email', 'sms')),
  template     text not null,
  -- What it is for, so that its terms are asked right before it leaves.
  purpose      text not null default 'transactional' check (purpose in ('requested', 'transactional', 'notice', 'marketing', 'research')),
  topic        text,
  channel_id   uuid,
  recipient    text not null,                          -- emptied by erasure, with subject and bodies
  subject      text not null,
  text         text not null,
  html         text,
  shown        jsonb,                                  -- what it tells of an order, as ids and states: told again when it has left
  state        text not null default 'queued' check (state in ('queued', 'sent', 'failed', 'suppressed')),
  error        text,
  attempts     integer not null default 0,
  sent_at      timestamptz,
  primary key (record_id, created_at, id)
) partition by range (created_at);
-- Stays empty while the job that makes partitions runs.
create table messages.outbound_default partition of messages.outbound default;
create index outbound_newest on messages.outbound (created_at desc, id desc);
create index outbound_recipient on messages.outbound (recipient, created_at desc) where recipient <> '';
create index outbound_code on messages.outbound (created_at) where template = 'code' and recipient <> '';

-- One message per cause, however often the fact is delivered: the domain key of a message, which does not expire [MSG-1].
create table messages.dedupe (
  record_id   uuid not null,
  dedupe_key  text not null,
  created_at  timestamptz not null,
  id          uuid not null,
  primary key (record_id, dedupe_key)
);
create index dedupe_age on messages.dedupe (created_at);

-- Makes the partitions of this month and of so many after it.
create function messages.make_partitions(ahead integer) returns void language plpgsql as $$
declare
  wanted date;
  partition text;
begin
  for wanted in select date_trunc('month', now() at time zone 'utc')::date + make_interval(months => n) from generate_series(0, ahead) n loop
    partition := 'outbound_' || to_char(wanted, 'YYYYMM');
    if to_regclass('messages.' || partition) is null then
      execute format('create table messages.%I partition of messages.outbound for values from (%L) to (%L)',
                     partition, wanted::text || ' 00:00:00+00', (wanted + interval '1 month')::date::text || ' 00:00:00+00');
    end if;
  end loop;
end $$;
select messages.make_partitions(2);

-- Drops the partitions of months before the given one: messages are kept as long as touchpoints. Answers how many.
create function messages.forget_partitions(before_month date) returns integer language plpgsql as $$
declare
  partition text;
  gone integer := 0;
begin
  for partition in
    select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = 'messages.outbound'::regclass and relname ~ '^outbound_\d{6}$' and right(relname, 6) < to_char(before_month, 'YYYYMM')
  loop
    execute format('drop table messages.%I', partition);
    gone := gone + 1;
  end loop;
  return gone;
end $$;
