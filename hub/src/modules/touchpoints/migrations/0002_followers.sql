-- Touchpoints as a log that others follow [TCH-12], and which look sent twice [TCH-14]. Locks: none that matter, the tables are new.

-- A batch is what one statement stored. Its number is known before the commit, so it stands on the touchpoints; its position in the log
-- (`intake_seq`) is given after the commit, to the batch alone: no touchpoint is written twice.
create sequence touchpoints.batch_number;

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
