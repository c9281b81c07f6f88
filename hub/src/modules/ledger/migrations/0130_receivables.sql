-- What companies owe for what they bought on account: a receivable is a counter account of a company, without a balance row and without lots, above
-- zero by what the company owes. Its other side is `on_account` of the legal entity that sold. Locks: none, only functions and a view are made.

-- The account of a company in a currency, opened when it is not there. Two that open it at once get the same.
create function ledger.company_account(p_company uuid, p_unit text) returns uuid language plpgsql as $$
begin
  insert into ledger.account (id, kind, unit, company_id, is_bounded) values (uuidv7(), 'receivable', p_unit, p_company, false)
  on conflict (company_id, unit) where company_id is not null do nothing;
  return (select id from ledger.account where company_id = p_company and unit = p_unit);
end $$;

-- What a company owes in a currency; below zero when more came back than was open.
create function ledger.owed_by(p_company uuid, p_unit text) returns bigint language sql stable as $$
  select coalesce(sum(leg.amount), 0)::bigint from ledger.account join ledger.leg on leg.account_id = account.id
   where account.company_id = p_company and account.unit = p_unit
$$;

-- Books that a company owes `p_amount` more, or less when it is below zero. False when that source was booked before [LED-3].
create function ledger.charge_company(
  p_kind text, p_source_type text, p_source_id uuid, p_company uuid, p_unit text, p_amount bigint,
  p_entity uuid, p_place uuid, p_channel uuid, p_business_date date, p_time_zone text,
  p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz
) returns boolean language sql as $$
  select ledger.post(uuidv7(), p_kind, p_source_type, p_source_id, 0, p_entity, p_place, p_channel, p_business_date, p_time_zone, p_actor_kind, p_actor_id,
    p_because, p_at, array[ledger.company_account(p_company, p_unit), ledger.counter_account('on_account', p_unit, p_entity)], array[p_amount, -p_amount])
$$;

-- What companies owe, by company and currency. Published for `companies`, `orders` and invariants.
create view ledger.read_receivable as
  select account.company_id, account.unit, sum(leg.amount)::bigint as owed
  from ledger.account join ledger.leg on leg.account_id = account.id where account.company_id is not null group by 1, 2;
comment on view ledger.read_receivable is 'not null: company_id, unit, owed';
