-- What people ask about their own data, with the day it is due and what was done. Locks: none, the tables are new.
create table privacy.request (
  id           uuid primary key,
  record_id    uuid not null,                          -- by which they asked; after an erasure an id that means nothing any more
  kind         text not null check (kind in ('access', 'correction', 'erasure', 'objection')),
  state        text not null default 'open' check (state in ('open', 'answered', 'refused')),
  how          text not null check (how in ('shop', 'in_person', 'by_phone', 'in_writing')),
  text         text,
  channel_id   uuid,
  received_at  timestamptz not null,
  due_at       timestamptz not null,
  is_extended  boolean not null default false,
  closed_at    timestamptz,
  constraint "PRV-1 what is closed has its time" check ((state = 'open') = (closed_at is null))
);
create index request_open on privacy.request (due_at, id) where state = 'open';
create index request_closed on privacy.request (closed_at desc, id desc) where state <> 'open';
create index request_record on privacy.request (record_id);

create table privacy.request_step (
  request_id  uuid not null references privacy.request on delete cascade,
  seq         integer not null,
  at          timestamptz not null,
  kind        text not null check (kind in ('received', 'identity_checked', 'note', 'extended', 'answered', 'refused')),
  actor_kind  text not null,
  staff_id    uuid,
  note        text,
  primary key (request_id, seq)
);

-- What waits for an answer, for the tasks of the privacy officers.
create view privacy.read_open_request as select id as request_id, kind, due_at from privacy.request where state = 'open';
comment on view privacy.read_open_request is 'not null: request_id, kind, due_at';
