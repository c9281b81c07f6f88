-- Deposits of lines are owed until their packaging comes back [LED-13]. By a trigger, because lines change in five functions, and only lines that
-- carry a deposit come here: all others are passed over by its condition. Locks: none that matter.
create function orders.owe_deposit() returns trigger language plpgsql as $$
declare o record; v_total bigint := (new.deposit ->> 'total')::bigint; v_before integer := 0;
begin
  select * into o from orders.orders where id = new.order_id;
  if o.mode = 'imported' then return null; end if;
  if tg_op = 'UPDATE' then v_before := old.ordered - old.canceled - old.returned; end if;
  -- Units that went or came back only grow, so their number tells the movements of a line apart.
  perform ledger.owe('deposits', 'deposit', 'order_line', new.id, new.canceled + new.returned, o.entity_id, o.place_id, o.channel_id,
    case tg_op when 'INSERT' then o.business_date else (now() at time zone o.time_zone)::date end, o.time_zone, o.currency,
    v_total * (new.ordered - new.canceled - new.returned) / new.ordered - v_total * v_before / new.ordered,
    jsonb_build_object('kind', 'deposit', 'data', jsonb_build_object('orderId', new.order_id)), now());
  return null;
end $$;
create trigger deposit_taken after insert on orders.order_line for each row when (new.deposit is not null) execute function orders.owe_deposit();
create trigger deposit_given_back after update of canceled, returned on orders.order_line for each row
  when (new.deposit is not null and (new.canceled <> old.canceled or new.returned <> old.returned)) execute function orders.owe_deposit();
