-- How far those who listen to the log have come, and what they could not process. Locks: none, the tables are new.

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

-- Events that wait for a person, by subscriber.
create view platform.read_waiting_letter as
  select subscriber, count(*)::integer as items, min(parked_at) as since from platform.dead_letter where state = 'waiting' group by subscriber;
comment on view platform.read_waiting_letter is 'not null: subscriber, items, since';
