-- Deposits that go back with empties alone are owed no more [LED-13]. Locks: none that matter. Exercises book nothing.
create function till.deposits_back() returns trigger language plpgsql as $$
begin
  perform ledger.owe('deposits', 'deposit', 'empties', new.command_id, 0, new.entity_id, new.place_id, new.channel_id, new.business_date, new.time_zone,
    new.currency, -new.total, jsonb_build_object('kind', 'empties', 'data', jsonb_build_object('number', new.number)), new.at);
  return null;
end $$;
create trigger deposits_back after insert on till.empties for each row
  when (new.chain = 'T' and new.channel_id is not null) execute function till.deposits_back();
