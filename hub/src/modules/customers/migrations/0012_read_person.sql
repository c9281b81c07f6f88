-- Who hangs together with whom over channels, for the dry run of a switch of a link level. Locks: none, only views are made.

-- Records that hang together with others, whatever the link level. For counting and for rights; whom a screen shows is read_record_customer.
create view customers.read_person as select record_id, person_id, channel_id from customers.record_person;
comment on view customers.read_person is 'not null: record_id, person_id, channel_id';

-- Pairs that wait for somebody to judge them, with the channel of each side.
create view customers.read_open_pair as
  select p.id, p.a_record, a.channel_id as a_channel, p.b_record, b.channel_id as b_channel
    from customers.review_pair p join customers.source_record a on a.id = p.a_record join customers.source_record b on b.id = p.b_record
   where p.status = 'open';
comment on view customers.read_open_pair is 'not null: id, a_record, a_channel, b_record, b_channel';
