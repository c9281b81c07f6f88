-- Notices of privacy that the hub sends by mail, to everybody in the file of a channel who was collected under words that say nothing of
-- joining [MSG-14]. Locks: none that matter, the tables are new.

create table messages.notice_mailing (
  id          uuid primary key,
  notice_id   uuid not null,
  channel_id  uuid not null,
  per_minute  integer not null check (per_minute between 1 and 6000),
  state       text not null default 'running' check (state in ('running', 'done', 'stopped')),
  after       uuid,                                     -- the last record that it came to: a mailing whose hub was killed goes on behind it
  next_at     timestamptz not null,                     -- so that a mail server is not flooded
  at          timestamptz not null,
  started_by  uuid,
  ended_at    timestamptz,
  constraint "MSG-14 what ended has its time" check ((state = 'running') = (ended_at is null))
);
create unique index notice_mailing_running on messages.notice_mailing (channel_id) where state = 'running';
create index notice_mailing_newest on messages.notice_mailing (at desc, id desc);

-- What became of each of its people. Two records of one customer are told by one mail.
create table messages.notice_receiver (
  mailing_id  uuid not null references messages.notice_mailing on delete cascade,
  record_id   uuid not null,
  outcome     text not null check (outcome in ('queued', 'sent', 'failed', 'no_address', 'left_alone')),
  message_id  uuid,
  at          timestamptz not null,
  primary key (mailing_id, record_id)
);
create index notice_receiver_waits on messages.notice_receiver (message_id) where outcome = 'queued';
create index notice_receiver_unreached on messages.notice_receiver (mailing_id, record_id) where outcome in ('failed', 'no_address', 'left_alone');
create index notice_receiver_record on messages.notice_receiver (record_id);
