-- What a bounded account holds is made of lots: each with its own age, expiry and issuer. Spending takes them in order, a reversal finds
-- its way back to them, and what a reversal cannot find any more is a debt. Every change of an account's lots and debts happens under the
-- lock of its balance row. Locks: none that matter, the tables are new.
create table ledger.lot (
  id          uuid primary key references ledger.txn,   -- the movement that made it: a movement makes one lot at most
  account_id  uuid not null references ledger.account,
  entity_id   uuid not null,                            -- who issued it, and owes what is left of it
  quantity    bigint not null check (quantity > 0),
  remaining   bigint not null,
  earned_at   timestamptz not null,
  expires_at  timestamptz,                              -- decided when it is made, and only ever moved further away [LED-9]
  usable_at   timestamptz,                              -- from when on it can be spent; null: at once [LED-12]
  policy      integer,                                  -- the version that decided it
  constraint "LED-7 a lot is between full and empty" check (remaining between 0 and quantity)
) with (fillfactor = 70);
create index lot_open on ledger.lot (account_id, expires_at, earned_at, id) where remaining > 0;
create index lot_due on ledger.lot (expires_at) where remaining > 0 and expires_at is not null;

create table ledger.lot_use (
  lot_id    uuid not null references ledger.lot,
  txn_id    uuid not null references ledger.txn,
  quantity  bigint not null check (quantity <> 0),      -- taken; negative: given back
  primary key (lot_id, txn_id)
);
create index lot_use_of_txn on ledger.lot_use (txn_id);

-- What a reversal found missing: repaid by whatever comes in next, before it makes anything usable [LED-8].
create table ledger.debt (
  id          uuid primary key references ledger.txn,   -- the reversal
  account_id  uuid not null references ledger.account,
  entity_id   uuid not null,                            -- to whom it is owed
  quantity    bigint not null check (quantity > 0),
  remaining   bigint not null,
  check (remaining between 0 and quantity)
);
create index debt_open on ledger.debt (account_id, id) where remaining > 0;

-- Locks balances in the order of accounts, the last locks of every command.
create function ledger.lock_balances(p_accounts uuid[]) returns void language plpgsql as $$
begin
  perform 1 from ledger.balance where account_id = any (p_accounts) order by account_id for update;
end $$;

-- Locks every balance that a source has moved, so that several reversals of it keep the order of accounts.
create function ledger.lock_source(p_source_type text, p_source_id uuid) returns void language plpgsql as $$
begin
  perform ledger.lock_balances(array(
    select account.id from ledger.txn join ledger.leg on leg.txn_id = txn.id join ledger.account on account.id = leg.account_id and account.is_bounded
    where txn.source_type = p_source_type and txn.source_id = p_source_id));
end $$;

-- Which lots an amount is taken from: by expiry, then age [LED-7]; `p_first` before all others. What has expired by `p_at` is passed over, and what
-- cannot be spent yet [LED-12]; a reversal asks for `-infinity` and takes whatever is there.
create function ledger.choose_lots(p_accounts uuid[], p_amount bigint, p_at timestamptz, p_first uuid default null)
returns table (lot_id uuid, account_id uuid, entity_id uuid, quantity bigint)
language sql stable as $$
  select ordered.id, ordered.account_id, ordered.entity_id, least(ordered.remaining, p_amount - ordered.taken)::bigint
  from (
    select lot.*, sum(lot.remaining) over (order by (lot.id = p_first) desc nulls last, lot.expires_at nulls last, lot.earned_at, lot.id) - lot.remaining as taken
    from ledger.lot
    where lot.account_id = any (p_accounts) and lot.remaining > 0 and (lot.expires_at is null or lot.expires_at > p_at)
      and (lot.usable_at is null or lot.usable_at <= p_at or p_at = '-infinity')) ordered
  where ordered.taken < p_amount
$$;

-- Books what a movement took from lots; a negative quantity was given back.
create function ledger.use_lots(p_txn uuid, p_lots uuid[], p_quantities bigint[]) returns void language plpgsql as $$
begin
  update ledger.lot set remaining = lot.remaining - used.quantity
    from unnest(p_lots, p_quantities) as used(lot_id, quantity) where lot.id = used.lot_id;
  insert into ledger.lot_use (lot_id, txn_id, quantity) select used.lot_id, p_txn, used.quantity from unnest(p_lots, p_quantities) as used(lot_id, quantity);
end $$;

-- The legs by which lots of other legal entities serve `p_entity` [LED-10]: the issuer's `due_to` rises, the `due_from` of who honored them
-- mirrors it. `p_sign` is -1 where it is taken back. Null for an entity that used only its own.
create function ledger.due_legs(p_entity uuid, p_unit text, p_issuers uuid[], p_amounts bigint[], p_sign integer)
returns table (account_id uuid, amount bigint) language plpgsql as $$
declare v_issuer uuid; v_amount bigint; v_in_all bigint := 0;
begin
  for v_issuer, v_amount in
    select o.issuer, sum(o.amount) from unnest(p_issuers, p_amounts) as o(issuer, amount) where o.issuer <> p_entity group by o.issuer order by o.issuer
  loop
    v_in_all := v_in_all + v_amount;
    return query select ledger.counter_account('due_to', p_unit, v_issuer), p_sign * v_amount;
  end loop;
  if v_in_all > 0 then
    return query select ledger.counter_account('due_from', p_unit, p_entity), -p_sign * v_in_all;
  end if;
end $$;
