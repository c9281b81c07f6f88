-- Money that is in the drawer or at a provider and is owed to somebody: deposits on packaging until it comes back, and tips until the staff have
-- them. What is owed stands below zero on an account of the legal entity, its other side above zero; a movement says its place. Locks: none, only
-- functions and a view are made.

-- Books that the house owes `p_amount` more, or less when it is below zero. Nothing for nothing; a source that comes again changes nothing [LED-3].
create function ledger.owe(
  p_what text, p_kind text, p_source_type text, p_source_id uuid, p_part integer, p_entity uuid, p_place uuid, p_channel uuid,
  p_business_date date, p_time_zone text, p_unit text, p_amount bigint, p_because jsonb, p_at timestamptz,
  p_actor_kind text default 'system', p_actor_id uuid default null
) returns boolean language sql as $$
  select p_amount <> 0 and ledger.post(uuidv7(), p_kind, p_source_type, p_source_id, p_part, p_entity, p_place, p_channel, p_business_date, p_time_zone,
    p_actor_kind, p_actor_id, p_because, p_at,
    array[ledger.counter_account(p_what || '_owed', p_unit, p_entity), ledger.counter_account(p_what || '_held', p_unit, p_entity)], array[-p_amount, p_amount])
$$;

-- What came in of deposits and tips and what was given, by legal entity, place, currency and business date. Published for whoever reports.
create view ledger.read_owed as
  select account.entity_id, txn.place_id, case account.kind when 'tips_owed' then 'tips' else 'deposits' end as what, account.unit as currency,
         txn.business_date, coalesce(sum(-leg.amount) filter (where leg.amount < 0), 0)::bigint as taken,
         coalesce(sum(leg.amount) filter (where leg.amount > 0), 0)::bigint as given
    from ledger.account join ledger.leg on leg.account_id = account.id join ledger.txn on txn.id = leg.txn_id
   where account.kind in ('deposits_owed', 'tips_owed') group by 1, 2, 3, 4, 5;
comment on view ledger.read_owed is 'not null: entity_id, what, currency, business_date, taken, given';

-- What was booked for a source, and how much of it: for those who compare their rows with the books.
create view ledger.read_owed_source as
  select txn.source_type, txn.source_id, sum(-leg.amount)::bigint as amount
    from ledger.account join ledger.leg on leg.account_id = account.id join ledger.txn on txn.id = leg.txn_id
   where account.kind in ('deposits_owed', 'tips_owed') group by 1, 2;
comment on view ledger.read_owed_source is 'not null: source_type, source_id, amount';
