-- What became of telling the buyers of goods that are called back [BAT-5]. Locks: none that matter, the table is new.
-- Two records of one customer are told by one message.
create table messages.recall_receiver (
  recall_id   uuid not null,
  record_id   uuid not null,  -- of the buyer; of somebody who only left an address with the order, the id of the order
  outcome     text not null check (outcome in ('queued', 'sent', 'failed', 'no_address', 'left_alone')),
  message_id  uuid,
  at          timestamptz not null,
  primary key (recall_id, record_id)
);
create index recall_receiver_waits on messages.recall_receiver (message_id) where outcome = 'queued';
create index recall_receiver_record on messages.recall_receiver (record_id);
create index recall_receiver_age on messages.recall_receiver (at);
