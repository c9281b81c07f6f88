-- What partners of the loyalty program owe for points that their customers earned with them: a counter account of the partner in money, above zero by
-- what it owes. Its other side is `on_partners` of the legal entity that gave the points. Locks: none, only functions and views are made.

-- The account of a partner in a currency, opened when it is not there. Two that open it at once get the same.
create function ledger.partner_account(p_partner uuid, p_unit text) returns uuid language plpgsql as $$
begin
  insert into ledger.account (id, kind, unit, partner_id, is_bounded) values (uuidv7(), 'partner', p_unit, p_partner, false)
  on conflict (partner_id, unit) where partner_id is not null do nothing;
  return (select id from ledger.account where partner_id = p_partner and unit = p_unit);
end $$;

-- Books that a partner owes `p_amount` more, or less when it is below zero. False when that source was booked before [LED-3].
create function ledger.charge_partner(
  p_kind text, p_source_type text, p_source_id uuid, p_part integer, p_partner uuid, p_unit text, p_amount bigint,
  p_entity uuid, p_channel uuid, p_business_date date, p_time_zone text, p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz
) returns boolean language sql as $$
  select ledger.post(uuidv7(), p_kind, p_source_type, p_source_id, p_part, p_entity, null, p_channel, p_business_date, p_time_zone, p_actor_kind, p_actor_id,
    p_because, p_at, array[ledger.partner_account(p_partner, p_unit), ledger.counter_account('on_partners', p_unit, p_entity)], array[p_amount, -p_amount])
$$;

-- What made a partner owe more or less. Published for `loyalty`.
create view ledger.read_partner_movement as
  select account.partner_id, account.unit, txn.id as txn_id, txn.kind, txn.source_type, txn.source_id, txn.business_date, txn.at, txn.because, leg.amount
  from ledger.account join ledger.leg on leg.account_id = account.id join ledger.txn on txn.id = leg.txn_id where account.partner_id is not null;
comment on view ledger.read_partner_movement is 'not null: partner_id, unit, txn_id, kind, source_type, source_id, business_date, at, because, amount';
