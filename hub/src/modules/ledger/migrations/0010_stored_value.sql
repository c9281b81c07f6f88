-- Money that a house owes: the store credit of a record, and gift cards, which belong to whoever has their code. Locks: none, only functions and
-- views are made.

-- The account of a new gift card.
create function ledger.open_card_account(p_id uuid, p_unit text, p_card uuid) returns uuid language plpgsql as $$
begin
  insert into ledger.account (id, kind, unit, card_id, is_bounded) values (p_id, 'gift_card', p_unit, p_card, true);
  insert into ledger.balance (account_id, balance) values (p_id, 0);
  return p_id;
end $$;

-- The accounts of some records, in the order in which they are locked.
create function ledger.accounts_of(p_records uuid[], p_kind text, p_unit text) returns uuid[] language sql stable as $$
  select coalesce(array_agg(id order by id), '{}') from ledger.account where record_id = any (p_records) and kind = p_kind and unit = p_unit
$$;

-- What can be used of some accounts at a time: less what has expired by then and is not booked yet, and what waits.
create function ledger.usable(p_accounts uuid[], p_at timestamptz) returns bigint language sql stable as $$
  select greatest(0, coalesce((select sum(balance) from ledger.balance where account_id = any (p_accounts)), 0)
       - coalesce((select sum(remaining) from ledger.lot where account_id = any (p_accounts) and remaining > 0 and expires_at <= p_at), 0)
       - ledger.waiting(p_accounts, p_at))::bigint
$$;

-- Store credit and gift cards with what is on them. Published for `payments` and views.
create view ledger.read_value as
  select account.id as account_id, account.kind, account.unit, account.record_id, account.card_id, balance.balance
  from ledger.account join ledger.balance on balance.account_id = account.id where account.kind in ('store_credit', 'gift_card');
comment on view ledger.read_value is 'not null: account_id, kind, unit, balance';

-- How store credit and gift cards came and went. Published for `payments`.
create view ledger.read_value_movement as
  select account.kind, account.unit, account.record_id, account.card_id, txn.id as txn_id, txn.kind as movement, txn.at, txn.because, leg.amount
  from ledger.account join ledger.leg on leg.account_id = account.id join ledger.txn on txn.id = leg.txn_id
  where account.kind in ('store_credit', 'gift_card');
comment on view ledger.read_value_movement is 'not null: kind, unit, txn_id, movement, at, because, amount';

-- What a forced spending of a source did not find and the house lost, less what was forgiven since.
create function ledger.lost_by(p_source_type text, p_source_id uuid) returns bigint language sql stable as $$
  select coalesce(-sum(leg.amount), 0)::bigint from ledger.txn join ledger.leg on leg.txn_id = txn.id
    join ledger.account on account.id = leg.account_id and account.kind = 'loss'
   where txn.source_type = p_source_type and txn.source_id = p_source_id
$$;
