-- Spending, its reversal, the reversal of a credit, and expiry, all over lots. Locks: none, only functions are made.
-- Whoever calls them holds no other lock afterwards: balances come last, in the order of accounts.

-- Credits a bounded account against `issued` and makes the lot. False when its source was booked before [LED-3].
create function ledger.credit(
  p_txn uuid, p_kind text, p_source_type text, p_source_id uuid, p_part integer,
  p_entity uuid, p_place uuid, p_channel uuid, p_business_date date, p_time_zone text,
  p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz,
  p_account uuid, p_unit text, p_amount bigint, p_expires_at timestamptz, p_policy integer, p_usable_at timestamptz default null
) returns boolean
language plpgsql as $$
begin
  if not ledger.post(p_txn, p_kind, p_source_type, p_source_id, p_part, p_entity, p_place, p_channel, p_business_date, p_time_zone,
       p_actor_kind, p_actor_id, p_because, p_at, array[p_account, ledger.counter_account('issued', p_unit, p_entity)], array[p_amount, -p_amount])
  then return false; end if;
  insert into ledger.lot (id, account_id, entity_id, quantity, remaining, earned_at, expires_at, policy, usable_at)
  values (p_txn, p_account, p_entity, p_amount, p_amount, p_at, p_expires_at, p_policy, p_usable_at);
  if exists (select from ledger.debt where account_id = p_account and remaining > 0) then
    perform ledger.repay(p_account, p_txn);
  end if;
  return true;
end $$;

-- Repays debts of an account, the oldest first, from whatever its lots hold, before anything of it can be used [LED-8]. `p_cause` is the
-- movement that brought something in. Internal.
create function ledger.repay(p_account uuid, p_cause uuid) returns void
language plpgsql as $$
declare v_debt ledger.debt; v_cause ledger.txn; v_unit text; v_pays bigint; v_txn uuid;
  v_lots uuid[]; v_issuers uuid[]; v_amounts bigint[]; v_accounts uuid[]; v_legs bigint[];
begin
  select * into v_cause from ledger.txn where id = p_cause;
  select unit into v_unit from ledger.account where id = p_account;
  for v_debt in select * from ledger.debt where account_id = p_account and remaining > 0 order by id loop
    select least(v_debt.remaining, coalesce(sum(remaining), 0)) into v_pays from ledger.lot where account_id = p_account and remaining > 0;
    exit when v_pays = 0;
    select array_agg(c.lot_id), array_agg(c.entity_id), array_agg(c.quantity) into v_lots, v_issuers, v_amounts
      from ledger.choose_lots(array[p_account], v_pays, '-infinity') c;
    select array_agg(leg.account_id), array_agg(leg.amount) into v_accounts, v_legs from (
      select ledger.counter_account('reversed_debt', v_unit, v_debt.entity_id) as account_id, -v_pays as amount
      union all select ledger.counter_account('issued', v_unit, v_debt.entity_id), v_pays
      union all select d.account_id, d.amount from ledger.due_legs(v_debt.entity_id, v_unit, v_issuers, v_amounts, 1) d) leg;
    v_txn := uuidv7();
    perform ledger.post(v_txn, 'repay', 'debt', v_debt.id, (select count(*)::integer from ledger.txn where source_type = 'debt' and source_id = v_debt.id and kind = 'repay'),
      v_cause.entity_id, v_cause.place_id, v_cause.channel_id, v_cause.business_date, v_cause.time_zone,
      v_cause.actor_kind, v_cause.actor_id, jsonb_build_object('kind', 'debt_repaid', 'data', jsonb_build_object('by', p_cause)), v_cause.at, v_accounts, v_legs);
    perform ledger.use_lots(v_txn, v_lots, v_amounts);
    update ledger.debt set remaining = remaining - v_pays where id = v_debt.id;
  end loop;
end $$;

-- Books the expiry of every lot of these accounts that was due by `p_at`; the caller holds their balances. Internal.
create function ledger.expire_lots(p_accounts uuid[], p_at timestamptz) returns table (account_id uuid, lot_id uuid, amount bigint)
language plpgsql as $$
#variable_conflict use_column
declare v_lot record; v_txn uuid;
begin
  for v_lot in
    select lot.id, lot.account_id, lot.entity_id, lot.remaining, lot.expires_at, lot.policy, txn.channel_id, txn.time_zone, account.unit
    from ledger.lot join ledger.txn on txn.id = lot.id join ledger.account on account.id = lot.account_id
    where lot.account_id = any (p_accounts) and lot.remaining > 0 and lot.expires_at <= p_at order by lot.account_id, lot.expires_at, lot.id
  loop
    v_txn := uuidv7();
    perform ledger.post(v_txn, 'expire', 'lot', v_lot.id, (select count(*)::integer from ledger.txn where source_type = 'lot' and source_id = v_lot.id and kind = 'expire'),
      v_lot.entity_id, null, v_lot.channel_id, ((v_lot.expires_at - interval '1 second') at time zone v_lot.time_zone)::date, v_lot.time_zone,
      'system', null, jsonb_build_object('kind', 'expired', 'data', jsonb_build_object('expiresAt', v_lot.expires_at, 'policy', v_lot.policy)), p_at,
      array[v_lot.account_id, ledger.counter_account('expired', v_lot.unit, v_lot.entity_id)], array[-v_lot.remaining, v_lot.remaining]);
    perform ledger.use_lots(v_txn, array[v_lot.id], array[v_lot.remaining]);
    return query select v_lot.account_id, v_lot.id, v_lot.remaining;
  end loop;
end $$;

-- Books what is due by `p_at`, up to so many accounts of a unit. Answers what each record lost; nothing: nothing is due.
create function ledger.expire_due(p_unit text, p_at timestamptz, p_limit integer) returns table (record_id uuid, amount bigint)
language plpgsql as $$
#variable_conflict use_column
declare v_accounts uuid[];
begin
  select array_agg(due.account_id) into v_accounts from (
    select distinct lot.account_id from ledger.lot join ledger.account on account.id = lot.account_id
    where lot.remaining > 0 and lot.expires_at <= p_at and account.unit = p_unit order by lot.account_id limit p_limit) due;
  if v_accounts is null then return; end if;
  perform ledger.lock_balances(v_accounts);
  return query select account.record_id, sum(lost.amount)::bigint
    from ledger.expire_lots(v_accounts, p_at) lost join ledger.account on account.id = lost.account_id group by account.record_id;
end $$;

-- What of some accounts cannot be spent yet [LED-12]. What has expired is not counted: it is none of either.
create function ledger.waiting(p_accounts uuid[], p_at timestamptz) returns bigint language sql stable as $$
  select coalesce(sum(remaining), 0)::bigint from ledger.lot
   where account_id = any (p_accounts) and remaining > 0 and usable_at > p_at and (expires_at is null or expires_at > p_at)
$$;

-- Moves the expiry of what is open in some accounts further away, of lots that one of these policies decided [LED-9]. Nothing comes nearer, and what
-- has expired stays so. The caller holds their balances.
create function ledger.extend_lots(p_accounts uuid[], p_policies integer[], p_expires_at timestamptz, p_at timestamptz) returns void language sql as $$
  update ledger.lot set expires_at = p_expires_at
   where account_id = any (p_accounts) and remaining > 0 and policy = any (p_policies) and expires_at > p_at and expires_at < p_expires_at
$$;

-- Lets the lots of an account that have not expired last at least until a time; null: for good. What lasts longer keeps its own end. Spent ones too, because
-- what is given back returns to them.
create function ledger.prolong_lots(p_account uuid, p_until timestamptz, p_at timestamptz) returns void language sql as $$
  update ledger.lot set expires_at = p_until
   where account_id = p_account and expires_at > p_at and (p_until is null or expires_at < p_until)
$$;

-- Spends an amount over several accounts of one owner: their balances are locked, what has expired by then is gone, what waits is left alone
-- [LED-12], lots are taken by expiry and age [LED-7]. Too little raises WF011 with what there is; a forced one takes what there is and books the rest as `loss` [LED-11].
-- Answers what was taken, null when the source was booked before [LED-3].
create function ledger.spend(
  p_txn uuid, p_kind text, p_source_type text, p_source_id uuid, p_part integer,
  p_entity uuid, p_place uuid, p_channel uuid, p_business_date date, p_time_zone text,
  p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz,
  p_accounts uuid[], p_unit text, p_amount bigint, p_force boolean
) returns bigint
language plpgsql as $$
declare v_have bigint; v_takes bigint; v_lots uuid[]; v_issuers uuid[]; v_amounts bigint[]; v_accounts uuid[]; v_legs bigint[];
begin
  perform ledger.lock_balances(p_accounts);
  if exists (select from ledger.txn where source_type = p_source_type and source_id = p_source_id and kind = p_kind and part = p_part) then return null; end if;
  perform ledger.expire_lots(p_accounts, p_at);
  select greatest(coalesce(sum(balance), 0) - ledger.waiting(p_accounts, p_at), 0) into v_have from ledger.balance where account_id = any (p_accounts);
  if v_have < p_amount and not p_force then
    raise exception 'not enough' using errcode = 'WF011', detail = jsonb_build_object('needed', p_amount, 'available', v_have)::text;
  end if;
  v_takes := least(v_have, p_amount);
  select array_agg(c.lot_id), array_agg(c.entity_id), array_agg(c.quantity) into v_lots, v_issuers, v_amounts from ledger.choose_lots(p_accounts, v_takes, p_at) c;
  select array_agg(leg.account_id), array_agg(leg.amount) into v_accounts, v_legs from (
    select lot.account_id, -sum(taken.quantity)::bigint as amount from unnest(v_lots, v_amounts) as taken(lot_id, quantity) join ledger.lot on lot.id = taken.lot_id group by 1
    union all select ledger.counter_account('redeemed', p_unit, p_entity), p_amount
    union all select ledger.counter_account('loss', p_unit, p_entity), v_takes - p_amount where v_takes < p_amount
    union all select d.account_id, d.amount from ledger.due_legs(p_entity, p_unit, v_issuers, v_amounts, 1) d) leg;
  perform ledger.post(p_txn, p_kind, p_source_type, p_source_id, p_part, p_entity, p_place, p_channel, p_business_date, p_time_zone,
    p_actor_kind, p_actor_id, p_because, p_at, v_accounts, v_legs);
  perform ledger.use_lots(p_txn, v_lots, v_amounts);
  return v_takes;
end $$;

-- What a source spent at first, whatever went back since.
create function ledger.spent_by(p_source_type text, p_source_id uuid) returns bigint language sql stable as $$
  select coalesce(sum(leg.amount), 0)::bigint from ledger.txn join ledger.leg on leg.txn_id = txn.id
    join ledger.account on account.id = leg.account_id and account.kind = 'redeemed'
   where txn.source_type = p_source_type and txn.source_id = p_source_id and txn.kind = 'spend'
$$;

-- Moves an amount from the accounts of one owner to an account of another [LED-15]: balances are locked in their order, lots are taken as for spending,
-- and arrive as lots of the same issuer, expiry and policy, so that nothing lasts longer by moving. Debts of who gets it are repaid first. Too
-- little raises WF011 with what there is. Answers false when the source was booked before [LED-3].
create function ledger.transfer(
  p_source_type text, p_source_id uuid, p_place uuid, p_channel uuid, p_business_date date, p_time_zone text,
  p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz, p_from uuid[], p_to uuid, p_amount bigint
) returns boolean
language plpgsql as $$
declare v_have bigint; v record; v_txn uuid; v_part integer := 0;
begin
  perform ledger.lock_balances(p_from || p_to);
  if exists (select from ledger.txn where source_type = p_source_type and source_id = p_source_id and kind = 'transfer') then return false; end if;
  perform ledger.expire_lots(p_from, p_at);
  select greatest(coalesce(sum(balance), 0) - ledger.waiting(p_from, p_at), 0) into v_have from ledger.balance where account_id = any (p_from);
  if v_have < p_amount then
    raise exception 'not enough' using errcode = 'WF011', detail = jsonb_build_object('needed', p_amount, 'available', v_have)::text;
  end if;
  for v in
    select lot.account_id, lot.entity_id, lot.expires_at, lot.policy, min(lot.earned_at) as earned_at,
           array_agg(c.lot_id) as lots, array_agg(c.quantity) as quantities, sum(c.quantity)::bigint as quantity
      from ledger.choose_lots(p_from, p_amount, p_at) c join ledger.lot on lot.id = c.lot_id
     group by 1, 2, 3, 4 order by lot.expires_at nulls last, lot.account_id, lot.entity_id, lot.policy
  loop
    v_txn := uuidv7();
    perform ledger.post(v_txn, 'transfer', p_source_type, p_source_id, v_part, v.entity_id, p_place, p_channel, p_business_date, p_time_zone,
      p_actor_kind, p_actor_id, p_because, p_at, array[v.account_id, p_to], array[-v.quantity, v.quantity]);
    perform ledger.use_lots(v_txn, v.lots, v.quantities);
    insert into ledger.lot (id, account_id, entity_id, quantity, remaining, earned_at, expires_at, policy)
    values (v_txn, p_to, v.entity_id, v.quantity, v.quantity, v.earned_at, v.expires_at, v.policy);
    perform ledger.repay(p_to, v_txn);
    v_part := v_part + 1;
  end loop;
  return true;
end $$;

-- Gives back what a source spent, until only `p_keeps` of it stays spent: to the lots it came from, with their own expiry, the last taken
-- first, so that any split of reversals ends equal [LED-6]. What was booked as a loss is forgiven first. Answers what the owner got.
create function ledger.give_back(
  p_txn uuid, p_of_kind text, p_kind text, p_source_type text, p_source_id uuid, p_part integer, p_keeps bigint,
  p_business_date date, p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz
) returns bigint
language plpgsql as $$
declare v_first ledger.txn; v_unit text; v_spent bigint; v_forgiven bigint; v_back bigint; v_loss bigint; v_account uuid;
  v_lots uuid[]; v_owners uuid[]; v_issuers uuid[]; v_amounts bigint[]; v_accounts uuid[]; v_legs bigint[];
begin
  select * into v_first from ledger.txn where source_type = p_source_type and source_id = p_source_id and kind = p_of_kind and part = 0;
  if v_first.id is null then return 0; end if;
  perform ledger.lock_balances(array(select distinct lot.account_id from ledger.lot_use join ledger.lot on lot.id = lot_use.lot_id where lot_use.txn_id = v_first.id));
  if exists (select from ledger.txn where source_type = p_source_type and source_id = p_source_id and kind = p_kind and part = p_part) then return 0; end if;
  select coalesce(sum(leg.amount) filter (where account.kind = 'redeemed'), 0), -coalesce(sum(leg.amount) filter (where account.kind = 'loss'), 0), min(account.unit)
    into v_spent, v_loss, v_unit
    from ledger.txn join ledger.leg on leg.txn_id = txn.id join ledger.account on account.id = leg.account_id
    where txn.source_type = p_source_type and txn.source_id = p_source_id and txn.kind in (p_of_kind, p_kind);
  if v_spent <= p_keeps then return 0; end if;
  v_forgiven := least(v_loss, v_spent - p_keeps);
  v_back := v_spent - p_keeps - v_forgiven;
  select array_agg(w.lot_id), array_agg(w.account_id), array_agg(w.entity_id), array_agg(least(w.open, v_back - w.given)::bigint) into v_lots, v_owners, v_issuers, v_amounts
  from (
    select u.*, sum(u.open) over (order by u.expires_at desc nulls first, u.earned_at desc, u.lot_id desc) - u.open as given
    from (select lot.id as lot_id, lot.account_id, lot.entity_id, lot.expires_at, lot.earned_at, sum(used.quantity)::bigint as open
          from ledger.txn join ledger.lot_use used on used.txn_id = txn.id join ledger.lot on lot.id = used.lot_id
          where txn.source_type = p_source_type and txn.source_id = p_source_id and txn.kind in (p_of_kind, p_kind)
          group by lot.id having sum(used.quantity) > 0) u) w
  where w.given < v_back;
  select array_agg(leg.account_id), array_agg(leg.amount) into v_accounts, v_legs from (
    select given.account_id, sum(given.quantity)::bigint as amount from unnest(v_owners, v_amounts) as given(account_id, quantity) group by 1
    union all select ledger.counter_account('redeemed', v_unit, v_first.entity_id), p_keeps - v_spent
    union all select ledger.counter_account('loss', v_unit, v_first.entity_id), v_forgiven where v_forgiven > 0
    union all select d.account_id, d.amount from ledger.due_legs(v_first.entity_id, v_unit, v_issuers, v_amounts, -1) d) leg;
  perform ledger.post(p_txn, p_kind, p_source_type, p_source_id, p_part, v_first.entity_id, v_first.place_id, v_first.channel_id,
    p_business_date, v_first.time_zone, p_actor_kind, p_actor_id, p_because, p_at, v_accounts, v_legs);
  perform ledger.use_lots(p_txn, v_lots, array(select -a from unnest(v_amounts) a));
  for v_account in select distinct o from unnest(v_owners) o loop
    perform ledger.repay(v_account, p_txn);
  end loop;
  return v_back;
end $$;

-- Takes back what a source credited, until only `p_keeps` of it stays: from its own lot, then from the others of the account, and what is
-- no longer there becomes a debt [LED-8]. What expired of its lot is gone already and is not taken again. Any split of reversals ends equal
-- [LED-6]. Answers what was taken.
create function ledger.take_back(
  p_txn uuid, p_of_kind text, p_kind text, p_source_type text, p_source_id uuid, p_part integer, p_keeps bigint,
  p_business_date date, p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz
) returns bigint
language plpgsql as $$
declare v_first ledger.txn; v_lot ledger.lot; v_unit text; v_left bigint; v_takes bigint; v_covered bigint;
  v_lots uuid[]; v_issuers uuid[]; v_amounts bigint[]; v_accounts uuid[]; v_legs bigint[];
begin
  select * into v_first from ledger.txn where source_type = p_source_type and source_id = p_source_id and kind = p_of_kind and part = 0;
  select * into v_lot from ledger.lot where id = v_first.id;
  if v_lot.id is null then return 0; end if;
  perform ledger.lock_balances(array[v_lot.account_id]);
  if exists (select from ledger.txn where source_type = p_source_type and source_id = p_source_id and kind = p_kind and part = p_part) then return 0; end if;
  perform ledger.expire_lots(array[v_lot.account_id], p_at);
  select v_lot.quantity + coalesce(sum(leg.amount), 0) into v_left
    from ledger.txn join ledger.leg on leg.txn_id = txn.id and leg.account_id = v_lot.account_id
    where (txn.source_type, txn.source_id, txn.kind) in ((p_source_type, p_source_id, p_kind), ('lot', v_lot.id, 'expire'));
  v_takes := v_left - p_keeps;
  if v_takes <= 0 then return 0; end if;
  select unit into v_unit from ledger.account where id = v_lot.account_id;
  select array_agg(c.lot_id), array_agg(c.entity_id), array_agg(c.quantity), coalesce(sum(c.quantity), 0) into v_lots, v_issuers, v_amounts, v_covered
    from ledger.choose_lots(array[v_lot.account_id], v_takes, '-infinity', v_lot.id) c;
  update ledger.balance set debt = debt + v_takes - v_covered where account_id = v_lot.account_id and v_takes > v_covered;
  select array_agg(leg.account_id), array_agg(leg.amount) into v_accounts, v_legs from (
    select v_lot.account_id, -v_takes as amount
    union all select ledger.counter_account('issued', v_unit, v_first.entity_id), v_covered where v_covered > 0
    union all select ledger.counter_account('reversed_debt', v_unit, v_first.entity_id), v_takes - v_covered where v_takes > v_covered
    union all select d.account_id, d.amount from ledger.due_legs(v_first.entity_id, v_unit, v_issuers, v_amounts, 1) d) leg;
  perform ledger.post(p_txn, p_kind, p_source_type, p_source_id, p_part, v_first.entity_id, v_first.place_id, v_first.channel_id,
    p_business_date, v_first.time_zone, p_actor_kind, p_actor_id, p_because, p_at, v_accounts, v_legs);
  perform ledger.use_lots(p_txn, v_lots, v_amounts);
  if v_takes > v_covered then
    insert into ledger.debt (id, account_id, entity_id, quantity, remaining) values (p_txn, v_lot.account_id, v_first.entity_id, v_takes - v_covered, v_takes - v_covered);
  end if;
  return v_takes;
end $$;

-- What is open in lots, and what has been due for a while but is not booked yet. Published for `loyalty` and views.
create view ledger.read_lot as
  select lot.id, lot.account_id, account.record_id, account.unit, lot.entity_id, lot.quantity, lot.remaining, lot.earned_at, lot.expires_at,
         lot.usable_at, lot.policy
  from ledger.lot join ledger.account on account.id = lot.account_id where lot.remaining > 0;

-- Movements on what belongs to a record. Published for `loyalty`.
create view ledger.read_movement as
  select account.record_id, account.unit, txn.id as txn_id, txn.kind, txn.source_type, txn.source_id, txn.business_date, txn.at, leg.amount,
         txn.because, txn.part
  from ledger.account join ledger.leg on leg.account_id = account.id join ledger.txn on txn.id = leg.txn_id where account.is_bounded;
