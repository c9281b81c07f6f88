-- Under which notice each record was collected, and who does not want their files joined [IDN-22, IDN-23]. Locks: none that
-- matter, the tables are new; the records for a moment, to add triggers.

-- The words in which people are told what becomes of their data. Never changed once published: a change of the words is another version.
create table customers.notice (
  id              uuid primary key,
  version         text not null unique,
  channel_ids     uuid[],                              -- where it is shown; null: on every channel
  covers_joining  boolean not null,                    -- whether it says that the files of several channels become one
  objection_days  integer not null check (objection_days between 0 and 365),
  address         text,                                -- where its words can be read
  published_at    timestamptz not null,
  published_by    uuid,
  earlier         text not null default 'none' check (earlier in ('none', 'under_way', 'done')),  -- records older than any notice get it too
  carried_to      uuid                                 -- the last of them that has it
);
create index notice_newest on customers.notice (published_at desc, id desc);

-- People of a channel whose notice says nothing of joining were told by another one. When the time to object is over, their records may be
-- joined: those up to `released_to`, while the job goes through them. Ids rise with time, so later records are not among them.
create table customers.informing (
  id           uuid primary key,
  notice_id    uuid not null references customers.notice,
  channel_id   uuid not null,
  how          text not null check (how in ('mail', 'letter', 'in_person', 'app')),
  note         text,
  at           timestamptz not null,
  joins_at     timestamptz not null,
  informed_by  uuid,
  released_to  uuid,
  done_at      timestamptz
);
create index informing_channel on customers.informing (channel_id, at);

-- Who was told of a notice by a mail that the hub itself sent: one by one, each from the day their own left [IDN-22].
create table customers.informed_record (
  record_id    uuid primary key references customers.source_record (id),
  notice_id    uuid not null references customers.notice,
  at           timestamptz not null,
  joins_at     timestamptz not null,                    -- when the time to object is over
  released_at  timestamptz                              -- since when it may be joined
);
create index informed_record_waits on customers.informed_record (joins_at, record_id) where released_at is null;

-- A record carries the notice of its channel in force when it was collected; one of nobody, when somebody becomes known. A file
-- from elsewhere brings people who were told by other words than those in force today: the transaction that writes them says which (an id, or
-- 'none') [IDN-22].
create function customers.carry_notice() returns trigger language plpgsql as $$
declare
  told text := coalesce(current_setting('weft.collected_under', true), '');
begin
  if told = 'none' then return new; end if;
  if told <> '' then
    new.notice_id := told::uuid;
    return new;
  end if;
  select n.id into new.notice_id from customers.notice n
   where n.channel_ids is null or new.channel_id = any (n.channel_ids) order by n.published_at desc, n.id desc limit 1;
  return new;
end $$;
create trigger carry_notice before insert on customers.source_record
  for each row when (new.notice_id is null) execute function customers.carry_notice();
create trigger carry_notice_when_known before update of state on customers.source_record
  for each row when (old.state = 'provisional' and new.state = 'known') execute function customers.carry_notice();

-- What somebody does not want done with their file, kept here from what they said to `consent`, with the record
-- by which they said it; it holds for every record of the person.
create table customers.objection (
  record_id    uuid not null references customers.source_record (id),
  kind         text not null check (kind in ('joining', 'profiling')),
  at           timestamptz not null,
  primary key (record_id, kind)
);

-- Whether its notice keeps a record from being joined with those of other channels.
create function customers.lacks_notice(p_record uuid, p_notice uuid, p_channel uuid) returns boolean language sql stable as $$
  select exists (select from customers.notice n where n.id = p_notice and not n.covers_joining)
     and not exists (select from customers.informing i where i.channel_id = p_channel and p_record <= i.released_to)
     and not exists (select from customers.informed_record f where f.record_id = p_record and f.released_at is not null)
$$;

-- Whether the person of a record does not want to be profiled: then nothing guesses who they are or what they like.
create function customers.is_unprofiled(p_record uuid) returns boolean language sql stable as $$
  select exists (select from customers.objection o where o.kind = 'profiling' and o.record_id in (select customers.person_records_of(p_record)))
$$;

-- Records that are shown by themselves, and why, for the dry run of a switch of a link level and for matching.
create view customers.read_apart as
  select p.record_id, 'objection' as because from customers.record_person p
   where exists (select from customers.record_person other join customers.objection o on o.record_id = other.record_id and o.kind = 'joining'
                  where other.person_id = p.person_id)
  union all
  select r.id, case when exists (select from customers.informing i where i.channel_id = r.channel_id and i.at >= r.created_at)
                      or exists (select from customers.informed_record f where f.record_id = r.id) then 'informed' else 'notice' end
    from customers.source_record r join customers.notice n on n.id = r.notice_id
   where not n.covers_joining and customers.lacks_notice(r.id, r.notice_id, r.channel_id);
comment on view customers.read_apart is 'not null: record_id, because';

-- Records that are older than any notice: nothing says what these people were told.
create view customers.read_without_notice as select id as record_id from customers.source_record where notice_id is null and state = 'known';
comment on view customers.read_without_notice is 'not null: record_id';
