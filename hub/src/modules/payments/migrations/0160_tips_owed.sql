-- Tips are owed to the staff from the moment when they are taken, and no more when they went back [LED-14]. By triggers, because tenders are written
-- in several functions, and only those with a tip come here. Locks: none that matter.
create function payments.owe_tip() returns trigger language plpgsql as $$
begin
  perform ledger.owe('tips', 'tip', 'tender', new.id, 0, new.entity_id, new.place_id, new.channel_id, new.business_date, new.time_zone, new.currency, new.tip,
    jsonb_build_object('kind', 'tip', 'data', jsonb_build_object('orderId', new.order_id)), now());
  return null;
end $$;
create trigger tip_taken after insert or update of state on payments.tender for each row
  when (new.tip > 0 and new.state = 'captured') execute function payments.owe_tip();

create function payments.return_tip() returns trigger language plpgsql as $$
begin
  perform ledger.owe('tips', 'tip', 'refund', new.id, 0, new.entity_id, new.place_id, new.channel_id, new.business_date, new.time_zone, new.currency, -new.tip,
    jsonb_build_object('kind', 'tip_returned', 'data', jsonb_build_object('orderId', new.order_id)), now());
  return null;
end $$;
create trigger tip_returned after insert or update of state, tip on payments.refund for each row
  when (new.tip > 0 and new.state = 'succeeded') execute function payments.return_tip();
