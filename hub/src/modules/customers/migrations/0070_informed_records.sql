-- Who was told of a notice by a mail that the hub itself sent: one by one, each from the day their own left [IDN-22]. Locks: none that
-- matter, the table is new; a function and a view are replaced.
create table customers.informed_record (
  record_id    uuid primary key references customers.source_record (id),
  notice_id    uuid not null references customers.notice,
  at           timestamptz not null,
  joins_at     timestamptz not null,                    -- when the time to object is over
  released_at  timestamptz                              -- since when it may be joined
);
create index informed_record_waits on customers.informed_record (joins_at, record_id) where released_at is null;

create or replace function customers.lacks_notice(p_record uuid, p_notice uuid, p_channel uuid) returns boolean language sql stable as $$
  select exists (select from customers.notice n where n.id = p_notice and not n.covers_joining)
     and not exists (select from customers.informing i where i.channel_id = p_channel and p_record <= i.released_to)
     and not exists (select from customers.informed_record f where f.record_id = p_record and f.released_at is not null)
$$;

create or replace view customers.read_apart as
  select p.record_id, 'objection' as because from customers.record_person p
   where exists (select from customers.record_person other join customers.objection o on o.record_id = other.record_id and o.kind = 'joining'
                  where other.person_id = p.person_id)
  union all
  select r.id, case when exists (select from customers.informing i where i.channel_id = r.channel_id and i.at >= r.created_at)
                      or exists (select from customers.informed_record f where f.record_id = r.id) then 'informed' else 'notice' end
    from customers.source_record r join customers.notice n on n.id = r.notice_id
   where not n.covers_joining and customers.lacks_notice(r.id, r.notice_id, r.channel_id);
