-- Plays a part of a random history of points in one call, by the functions that sales, returns and members use, and answers after each step what it
-- did and what every account holds. A step that is refused leaves nothing. Only for hub/test/loyalty-histories.test.ts.
create schema histories;

-- What the accounts hold: the balance, then what is left of each lot with its age in hours, the oldest first.
create function histories.standing(p_accounts uuid[]) returns text language sql stable as $$
  select string_agg(b.balance || ' ' || coalesce((
           select string_agg(extract(epoch from l.earned_at)::bigint / 3600 || ':' || l.remaining, ',' order by l.earned_at, l.id)
             from ledger.lot l where l.account_id = b.account_id and l.remaining > 0), ''), ' | ' order by b.account_id)
    from ledger.balance b where b.account_id = any (p_accounts)
$$;

create function histories.sale(s jsonb) returns text language plpgsql as $$
declare v_order uuid := s ->> 'order'; v_at timestamptz := s ->> 'at'; p jsonb := s -> 'points'; t jsonb := p -> 'tendered';
begin
  if t is not null then
    insert into payments.tender (id, order_id, kind, state, currency, amount, at, entity_id, place_id, channel_id, business_date, time_zone)
    values ((t ->> 'tender_id')::uuid, v_order, 'points', 'captured', 'EUR', (t ->> 'amount')::bigint, v_at, (p ->> 'entity_id')::uuid,
            (p ->> 'place_id')::uuid, (p ->> 'channel_id')::uuid, (p ->> 'business_date')::date, 'UTC');
  end if;
  -- A lot is known by its movement, whose id is made when it is booked.
  if p -> 'earned' is not null then p := jsonb_set(p, '{earned,txn}', to_jsonb(uuidv7())); end if;
  perform loyalty.move_for_sale(v_order, v_at, (s ->> 'force')::boolean, p);
  return case when (s ->> 'force')::boolean then (ledger.lost_by('order', v_order) + ledger.lost_by('tender', (t ->> 'tender_id')::uuid))::text else '0' end;
end $$;

-- A return: until only so much of what the order earned and burned stays.
create function histories.undo(s jsonb) returns text language sql as $$
  select given || ' ' || taken from loyalty.take_back((s ->> 'order')::uuid, (s ->> 'part')::integer, (s ->> 'earned')::bigint, (s ->> 'burned')::bigint,
    uuidv7(), uuidv7(), (s ->> 'day')::date, 'system', null, '{"kind":"returned"}', (s ->> 'at')::timestamptz)
$$;

-- A refund of what points paid, as every refund of stored value.
create function histories.refund(s jsonb) returns text language sql as $$
  insert into payments.refund (id, order_id, tender_id, source, state, currency, amount, at, entity_id, place_id, channel_id, business_date, time_zone)
  select uuidv7(), t.order_id, t.id, 'return:' || uuidv7(), 'requested', 'EUR', (s ->> 'amount')::bigint, (s ->> 'at')::timestamptz, t.entity_id, t.place_id,
         t.channel_id, (s ->> 'day')::date, 'UTC' from payments.tender t where t.id = (s ->> 'tender')::uuid;
  select payments.book_value_refunds((s ->> 'order')::uuid, 'system', null, (s ->> 'at')::timestamptz)::text
$$;

-- Somebody is brought once only: the row forgets them at once, as an erasure does, so that the next can be.
create function histories.refer(s jsonb, p_unit text) returns text language sql as $$
  insert into loyalty.referral (id, friend_id, referrer_id, state, order_id, minimum, thanked_on, at)
  select (s ->> 'id')::uuid, null, r.record_id, 'thanked', uuidv7(), 1, (s ->> 'day')::date, (s ->> 'at')::timestamptz
    from ledger.account r where r.id = (s -> 'accounts' ->> 1)::uuid;
  select string_agg(ledger.credit(uuidv7(), who.kind, 'referral', (s ->> 'id')::uuid, 0, (s ->> 'entity')::uuid, null, (s ->> 'entity')::uuid, (s ->> 'day')::date,
           'UTC', 'system', null, '{"kind":"referral"}', (s ->> 'at')::timestamptz, (s -> 'accounts' ->> who.n)::uuid, p_unit, (s -> 'points' ->> who.n)::bigint,
           (s ->> 'expires')::timestamptz, null)::text, ' ')
    from (values (0, 'refer_friend'), (1, 'refer_referrer')) who(n, kind)
$$;

create function histories.unrefer(s jsonb) returns text language sql as $$
  update loyalty.referral set state = 'reversed' where id = (s ->> 'id')::uuid;
  select ledger.lock_source('referral', (s ->> 'id')::uuid);
  select string_agg(ledger.take_back(uuidv7(), 'refer_' || who, 'unrefer_' || who, 'referral', (s ->> 'id')::uuid, 0, 0, (s ->> 'day')::date, 'system', null,
           '{"kind":"referral_reversed"}', (s ->> 'at')::timestamptz)::text, ' ')
    from (values ('friend'), ('referrer')) w(who)
$$;

create function histories.transfer(s jsonb, p_program uuid) returns text language plpgsql as $$
declare v_id uuid := s ->> 'id'; v_from uuid := s ->> 'from'; v_to uuid := s ->> 'to'; v_at timestamptz := s ->> 'at';
begin
  insert into loyalty.transfer (id, program_id, from_record, to_record, points, business_date, at)
  values (v_id, p_program, v_from, v_to, (s ->> 'points')::bigint, (s ->> 'day')::date, v_at);
  return ledger.transfer('transfer', v_id, null, v_id, (s ->> 'day')::date, 'UTC', 'system', null, '{"kind":"transfer"}', v_at,
    loyalty.accounts_of(v_from, p_program), (select account_id from loyalty.membership where record_id = v_to), (s ->> 'points')::bigint);
end $$;

-- Who is one customer now. Linking writes nothing else of theirs, and so does unlinking.
create function histories.link(s jsonb) returns text language sql as $$
  delete from customers.record_customer where record_id in (select (g ->> 'record')::uuid from jsonb_array_elements(s -> 'records') g);
  insert into customers.record_customer (generation, record_id, customer_id)
  select 1, (g ->> 'record')::uuid, (g ->> 'customer')::uuid from jsonb_array_elements(s -> 'records') g;
  select ''
$$;

-- Who shares a purse now, and may spend from it.
create function histories.share(s jsonb) returns text language sql as $$
  update loyalty.pool_member set left_at = (s ->> 'at')::timestamptz where pool_id = (s ->> 'pool')::uuid and left_at is null;
  insert into loyalty.pool_member (id, pool_id, record_id, is_owner, may_spend, joined_at)
  select uuidv7(), (s ->> 'pool')::uuid, (m ->> 'record')::uuid, (m ->> 'owner')::boolean, (m ->> 'spends')::boolean, (s ->> 'at')::timestamptz
    from jsonb_array_elements(s -> 'members') m;
  select ''
$$;

create function histories.step(s jsonb, p_program uuid, p_unit text) returns text language plpgsql as $$
begin
  case s ->> 'do'
    when 'sale' then return histories.sale(s);
    when 'undo' then return histories.undo(s);
    when 'refund' then return histories.refund(s);
    when 'refer' then return histories.refer(s, p_unit);
    when 'unrefer' then return histories.unrefer(s);
    when 'transfer' then return histories.transfer(s, p_program);
    when 'link' then return histories.link(s);
    when 'share' then return histories.share(s);
    when 'expire' then perform ledger.expire_due(p_unit, (s ->> 'at')::timestamptz, 100); return '';
  end case;
end $$;

create function histories.play(p_steps jsonb, p_program uuid, p_unit text, p_accounts uuid[]) returns table (answer text, standing text)
language plpgsql as $$
declare s jsonb;
begin
  for s in select * from jsonb_array_elements(p_steps) loop
    begin
      answer := histories.step(s, p_program, p_unit);
    exception when sqlstate 'WF011' then answer := 'refused';
    end;
    standing := histories.standing(p_accounts);
    return next;
  end loop;
end $$;
