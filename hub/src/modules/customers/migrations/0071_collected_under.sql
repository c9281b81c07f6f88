-- A file from elsewhere brings people who were told by other words than those in force today: the transaction that writes them says which
-- (an id, or 'none') [IDN-22]. Locks: none, a function is replaced.
create or replace function customers.carry_notice() returns trigger language plpgsql as $$
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
