-- Messages are kept as long as touchpoints. Locks: the table for an instant when a month is dropped; the index is made in a table that grows
-- by one row per message.
create index dedupe_age on messages.dedupe (created_at);

-- Drops the partitions of months before the given one. Answers how many.
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
