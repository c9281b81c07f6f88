-- Decisions about uses of data besides messages: joining of files, profiling, location, measuring [CNS-11]. They have neither topic nor kind
-- of channel. Locks: the table for as long as its rows are looked at.
alter table consent.event drop constraint event_purpose_check;
alter table consent.event add constraint event_purpose_check
  check (purpose in ('marketing', 'research', 'joining', 'profiling', 'location', 'measurement'));
alter table consent.event drop constraint event_basis_check;
alter table consent.event add constraint event_basis_check check (basis in ('consent', 'legitimate_interest'));
alter table consent.event drop constraint "CNS-1 a yes names its topic and kind";
alter table consent.event add constraint "CNS-1 a yes names its topic and kind"
  check (state = 'withdrawn' or (topic is not null and channel_kind is not null) or purpose in ('joining', 'profiling', 'location', 'measurement'));
alter table consent.event add constraint "CNS-11 a use has no topic"
  check (purpose in ('marketing', 'research') or (topic is null and channel_kind is null));

-- Choices that stand against being contacted: a use of data that somebody refuses is none of them.
create or replace view consent.read_opt_out as
  select record_id from consent.event where state = 'withdrawn' and purpose in ('marketing', 'research')
  union
  select record_id from consent.preference where kind in ('pausedUntil', 'quietHours') and value is not null;

-- What was said, for counting how many people said what.
create view consent.read_decision as select id, record_id, purpose, state, at from consent.event where state in ('granted', 'withdrawn');
comment on view consent.read_decision is 'not null: id, record_id, purpose, state, at';
