-- Members, what they earn and burn, and the balance of the evening before. Locks: none, only functions are made.

-- Makes a record a member, once. Answers its account.
create function loyalty.enroll(p_record uuid, p_program uuid, p_account uuid, p_card_number text) returns uuid
language plpgsql as $$
declare member_account uuid;
begin
  select account_id into member_account from loyalty.membership where record_id = p_record;
  if member_account is not null then return member_account; end if;
  member_account := ledger.open_account(p_account, 'member_available', 'points:' || p_program, p_record);
  insert into loyalty.membership (record_id, program_id, account_id, card_number)
  values (p_record, p_program, member_account, p_card_number) on conflict (record_id) do nothing;
  return member_account;
end $$;

-- Whether a customer has a card at all.
create function loyalty.is_member(p_record uuid) returns boolean language sql stable as $$
  select exists (select from loyalty.membership where record_id in (select customers.records_of(p_record)))
$$;

-- The accounts of a customer in a program, in the order in which they are locked [LOY-3].
create function loyalty.accounts_of(p_record uuid, p_program uuid) returns uuid[] language sql stable as $$
  select coalesce(array_agg(account_id order by account_id), '{}') from loyalty.membership
  where program_id = p_program and record_id in (select customers.records_of(p_record))
$$;

-- The records whose points a customer may burn: their own, and those of everybody they share a purse with, where they may spend from it [LOY-29].
-- Whoever may not spend from a shared purse burns nothing while they are in it.
create function loyalty.purse_records(p_record uuid) returns setof uuid language sql stable as $$
  with mine as (select customers.records_of(p_record) as record_id),
  pooled as (select pool_id, may_spend from loyalty.pool_member where left_at is null and record_id in (select record_id from mine))
  select record_id from mine where (select coalesce(bool_or(may_spend), true) from pooled)
  union
  select customers.records_of(other.record_id) from pooled join loyalty.pool_member other on other.pool_id = pooled.pool_id and other.left_at is null
   where pooled.may_spend
$$;

-- The accounts that a customer burns from, in the order in which they are locked.
create function loyalty.purse_accounts(p_record uuid, p_program uuid) returns uuid[] language sql stable as $$
  select coalesce(array_agg(account_id order by account_id), '{}') from loyalty.membership
  where program_id = p_program and record_id in (select loyalty.purse_records(p_record))
$$;

-- What a customer can burn at a time: their balances, less what has expired by then and is not booked yet, and what still waits.
create function loyalty.usable(p_record uuid, p_at timestamptz) returns bigint language sql stable as $$
  with mine as (select account_id from loyalty.membership where record_id in (select loyalty.purse_records(p_record)))
  select greatest(0, coalesce((select sum(b.balance) from ledger.read_balance b join mine on mine.account_id = b.account_id), 0)
       - coalesce((select sum(l.remaining) from ledger.read_lot l join mine on mine.account_id = l.account_id
                   where l.expires_at <= p_at or l.usable_at > p_at), 0))::bigint
$$;

-- Books what a sale earned, in the sale's transaction [LOY-1], as a lot with its expiry. A record that is no member becomes one by its
-- first points. Answers false when that order has earned before [LED-3].
create function loyalty.earn(
  p_txn uuid, p_order uuid, p_record uuid, p_program uuid, p_account uuid, p_card_number text, p_points bigint,
  p_expires_at timestamptz, p_policy integer,
  p_entity uuid, p_place uuid, p_channel uuid, p_business_date date, p_time_zone text,
  p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz, p_usable_at timestamptz
) returns boolean
language plpgsql as $$
begin
  return ledger.credit(p_txn, 'earn', 'order', p_order, 0, p_entity, p_place, p_channel, p_business_date, p_time_zone,
    p_actor_kind, p_actor_id, p_because, p_at,
    loyalty.enroll(p_record, p_program, p_account, p_card_number), 'points:' || p_program, p_points, p_expires_at, p_policy, p_usable_at);
end $$;

-- Burns what the rewards of a sale cost, in the sale's transaction [LOY-7]. Raises WF011 when the points are not there, WF012 when a reward is
-- not the version that was shown. A sale that happened takes what is there and books the rest as a loss.
create function loyalty.burn(
  p_txn uuid, p_order uuid, p_record uuid, p_program uuid, p_points bigint, p_redemptions jsonb, p_force boolean,
  p_entity uuid, p_place uuid, p_channel uuid, p_business_date date, p_time_zone text,
  p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz
) returns bigint
language plpgsql as $$
begin
  if not p_force and exists (
    select from jsonb_to_recordset(p_redemptions) as r(reward_id uuid, reward_version integer)
    where r.reward_version is distinct from (select max(v.version) from loyalty.reward_version v where v.reward_id = r.reward_id))
  then
    raise exception 'a reward has changed' using errcode = 'WF012';
  end if;
  insert into loyalty.redemption (id, order_id, position, record_id, reward_id, reward_version, points, amount, currency, at)
  select r.id, p_order, r.position, p_record, r.reward_id, r.reward_version, r.points, r.amount, r.currency, p_at
  from jsonb_to_recordset(p_redemptions) as r(id uuid, position integer, reward_id uuid, reward_version integer, points bigint, amount bigint, currency text);
  return ledger.spend(p_txn, 'burn', 'order', p_order, 0, p_entity, p_place, p_channel, p_business_date, p_time_zone,
    p_actor_kind, p_actor_id, p_because, p_at, loyalty.purse_accounts(p_record, p_program), 'points:' || p_program, p_points, p_force);
end $$;

-- Takes the points that pay a part of a sale [LOY-26], as a tender of it. Raises WF011 when they are not there; a sale that happened takes what
-- is there and books the rest as a loss. `payments.book_value_refunds` gives them back.
create function loyalty.pay(
  p_txn uuid, p_tender uuid, p_order uuid, p_record uuid, p_program uuid, p_points bigint, p_amount bigint, p_currency text, p_force boolean,
  p_entity uuid, p_place uuid, p_channel uuid, p_business_date date, p_time_zone text,
  p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz
) returns bigint
language plpgsql as $$
begin
  insert into loyalty.points_tender (tender_id, order_id, record_id, program_id, points, amount, currency, at)
  values (p_tender, p_order, p_record, p_program, p_points, p_amount, p_currency, p_at);
  return ledger.spend(p_txn, 'spend', 'tender', p_tender, 0, p_entity, p_place, p_channel, p_business_date, p_time_zone,
    p_actor_kind, p_actor_id, p_because, p_at, loyalty.purse_accounts(p_record, p_program), 'points:' || p_program, p_points, p_force);
end $$;

-- Counts the bonuses that a member gets only so often, and stamps, one sale of a customer at a time: two sales at once cannot both have the last one
-- [LOY-14], and no stamp counts twice.
-- A sale that lost such a race is tried again, and finds the bonus used.
create function loyalty.use_bonuses(p_order uuid, p_record uuid, p_uses jsonb, p_business_date date, p_at timestamptz) returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('loyalty.bonus_use/' || customers.customer_of(p_record)::text, 0));
  if exists (
    select from jsonb_to_recordset(p_uses) as l(bonus_id uuid, since date, until date, most integer, had jsonb),
      lateral (select count(*) filter (where (l.since is null or u.business_date >= l.since) and (l.until is null or u.business_date < l.until)) as used,
                      coalesce(sum(u.pieces), 0) as pieces, coalesce(sum(u.times), 0) as times
                 from loyalty.bonus_use u where u.bonus_id = l.bonus_id and u.voided_at is null and u.record_id in (select customers.records_of(p_record))) now
    where now.used >= l.most or now.pieces <> (l.had -> 'stamps' ->> 'pieces')::integer or now.times <> (l.had -> 'stamps' ->> 'times')::integer)
  then
    raise exception 'a bonus was used meanwhile' using errcode = '40001';
  end if;
  insert into loyalty.bonus_use (order_id, bonus_id, record_id, business_date, at, pieces, times, had)
  select p_order, l.bonus_id, p_record, p_business_date, p_at, l.pieces, l.times, l.had
    from jsonb_to_recordset(p_uses) as l(bonus_id uuid, pieces integer, times integer, had jsonb)
  on conflict (order_id, bonus_id) do nothing;
end $$;

-- Points that expire when nothing happens begin their time anew [LOY-9].
create function loyalty.keep_alive(p_record uuid, p_program uuid, p_until timestamptz, p_at timestamptz) returns void
language plpgsql as $$
declare v_accounts uuid[] := loyalty.accounts_of(p_record, p_program);
begin
  perform ledger.lock_balances(v_accounts);
  perform ledger.extend_lots(v_accounts, array(select version from loyalty.expiry_policy where program_id = p_program and kind = 'inactivity'), p_until, p_at);
end $$;

-- The points of a sale, burned and earned, as `checkout.complete` passes them: one call, whatever they come to hold. The balances it
-- locks are the last locks of the completion.
create function loyalty.move_for_sale(p_order uuid, p_at timestamptz, p_force boolean, p_points jsonb) returns void
language plpgsql as $$
declare p record; b record; t record; e record;
begin
  select * into p from jsonb_to_record(p_points) as p(record_id uuid, program_id uuid, entity_id uuid, place_id uuid, channel_id uuid,
    business_date date, time_zone text, actor_kind text, actor_id uuid, burned jsonb, tendered jsonb, earned jsonb, uses jsonb, active_until timestamptz);
  if p.uses is not null then
    perform loyalty.use_bonuses(p_order, p.record_id, p.uses, p.business_date, p_at);
  end if;
  if p.active_until is not null then
    perform loyalty.keep_alive(p.record_id, p.program_id, p.active_until, p_at);
  end if;
  if p.burned is not null then
    select * into b from jsonb_to_record(p.burned) as b(txn uuid, points bigint, because jsonb, redemptions jsonb, event_id uuid, event jsonb);
    perform loyalty.burn(b.txn, p_order, p.record_id, p.program_id, b.points, b.redemptions, p_force,
      p.entity_id, p.place_id, p.channel_id, p.business_date, p.time_zone, p.actor_kind, p.actor_id, b.because, p_at);
    perform platform.publish(b.event_id, 'loyalty.points_burned.v1', 'record/' || p.record_id, b.event);
  end if;
  if p.tendered is not null then
    select * into t from jsonb_to_record(p.tendered) as t(txn uuid, tender_id uuid, points bigint, amount bigint, currency text, because jsonb, event_id uuid, event jsonb);
    perform loyalty.pay(t.txn, t.tender_id, p_order, p.record_id, p.program_id, t.points, t.amount, t.currency, p_force,
      p.entity_id, p.place_id, p.channel_id, p.business_date, p.time_zone, p.actor_kind, p.actor_id, t.because, p_at);
    perform platform.publish(t.event_id, 'loyalty.points_burned.v1', 'record/' || p.record_id, t.event);
  end if;
  if p.earned is not null then
    select * into e from jsonb_to_record(p.earned) as e(txn uuid, account_id uuid, card_number text, points bigint, because jsonb,
      expires_at timestamptz, policy integer, usable_at timestamptz);
    perform loyalty.earn(e.txn, p_order, p.record_id, p.program_id, e.account_id, e.card_number, e.points, e.expires_at, e.policy,
      p.entity_id, p.place_id, p.channel_id, p.business_date, p.time_zone, p.actor_kind, p.actor_id, e.because, p_at, e.usable_at);
  end if;
end $$;

-- Undoes the points of an order until only so many stay earned and so many stay burned [LOY-6]: burned ones go back to their lots first,
-- so that taking back the earned ones finds them. `p_part` tells several undoings of one order apart; the same one again changes nothing.
create function loyalty.take_back(
  p_order uuid, p_part integer, p_keeps_earned bigint, p_keeps_burned bigint, p_take_txn uuid, p_give_txn uuid,
  p_business_date date, p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz
) returns table (taken bigint, given bigint)
language plpgsql as $$
begin
  perform ledger.lock_source('order', p_order);
  given := ledger.give_back(p_give_txn, 'burn', 'give_back', 'order', p_order, p_part, p_keeps_burned, p_business_date, p_actor_kind, p_actor_id, p_because, p_at);
  taken := ledger.take_back(p_take_txn, 'earn', 'take_back', 'order', p_order, p_part, p_keeps_earned, p_business_date, p_actor_kind, p_actor_id, p_because, p_at);
  return next;
end $$;

-- Writes the balance at the end of every business day from `p_from` through `p_through` on which a record's points moved.
-- Written again it says the same: a sale that arrives late corrects the day it happened on.
create function loyalty.close_days(p_from date, p_through date) returns integer
language plpgsql as $$
declare v_rows integer;
begin
  with touched as (select distinct m.record_id, m.unit from ledger.read_movement m where m.unit like 'points:%' and m.business_date between p_from and p_through),
  days as (select m.record_id, m.business_date, sum(sum(m.amount)) over (partition by m.record_id order by m.business_date) as balance
           from ledger.read_movement m join touched on touched.record_id = m.record_id and touched.unit = m.unit
           group by m.record_id, m.business_date)
  insert into loyalty.balance_day (record_id, business_date, balance)
  select record_id, business_date, balance from days where business_date between p_from and p_through
  on conflict (record_id, business_date) do update set balance = excluded.balance where balance_day.balance is distinct from excluded.balance;
  get diagnostics v_rows = row_count;
  return v_rows;
end $$;
