-- Cards that have agreed and are charged when the goods are handed over or leave [PAY-33]. Locks: none that matter, the table is new.

-- Money to be taken of an authorization, or an authorization to be let go: asked of the provider outside of transactions, by this row's id. What it
-- answered stands here; an answer that was lost is asked for again [PAY-34].
create table payments.capture (
  id          uuid primary key,
  order_id    uuid not null,
  tender_id   uuid not null references payments.tender,
  intent_id   uuid not null references payments.intent,
  source      text not null,
  kind        text not null check (kind in ('capture', 'release')),
  state       text not null default 'requested' check (state in ('requested', 'succeeded', 'failed')),
  currency    text not null,
  amount      bigint not null check (amount > 0),
  tip         bigint not null default 0 check (tip >= 0), -- asked for beside the amount, with the last of its card; fixed here, so that asked again it is the same
  is_last     boolean not null,                          -- whatever is left of the authorization is let go with it
  attempt     integer not null default 1 check (attempt > 0),
  reason      text,                                      -- why it failed, by the provider's word
  at          timestamptz not null,
  settled_at  timestamptz,
  unique (source, tender_id)
);
create index capture_of_order on payments.capture (order_id);
create index capture_open on payments.capture (at) where state = 'requested';
create index capture_failed on payments.capture (at) where state = 'failed';
create index capture_of_tender on payments.capture (tender_id);

-- What of an authorized tender is not asked for yet.
create function payments.left_of(p_tender uuid, p_amount bigint) returns bigint language sql stable as $$
  select p_amount - coalesce((select sum(amount) from payments.capture where tender_id = p_tender and kind = 'capture' and state <> 'succeeded'), 0)::bigint
$$;

-- Asks for money of what the cards of an order have agreed to, the oldest first: `p_amount` of it, all of it when null or when nothing comes after.
-- Asked for one source once. Answers what is to be asked of the providers. The caller holds the order's lock.
create function payments.request_capture(p_order uuid, p_amount bigint, p_is_last boolean, p_source text, p_at timestamptz)
returns table (id uuid, tender_id uuid, amount bigint, currency text) language sql as $$
  with open as (
    select t.id, t.intent_id, t.currency, t.tip, payments.left_of(t.id, t.amount) as rest,
           sum(payments.left_of(t.id, t.amount)) over (order by t.at, t.id) - payments.left_of(t.id, t.amount) as before
      from payments.tender t where t.order_id = p_order and t.state = 'authorized'
  )
  insert into payments.capture (id, order_id, tender_id, intent_id, source, kind, currency, amount, tip, is_last, at)
  select uuidv7(), p_order, id, intent_id, p_source, 'capture', currency,
         case when p_is_last or p_amount is null then rest else least(rest, p_amount - before) end,
         case when p_is_last or p_amount is null or p_amount - before >= rest then tip else 0 end, p_is_last, p_at
    from open where rest > 0 and (p_is_last or p_amount is null or p_amount > before)
  on conflict (source, tender_id) do nothing
  returning capture.id, capture.tender_id, capture.amount, capture.currency
$$;

-- Lets go of what cards have agreed to, the newest first: it is owed no more [PAY-35]. All of it when `p_amount` is null. Answers how much that was,
-- and which authorizations are over. The caller holds the order's lock.
create function payments.release_authorized(p_order uuid, p_amount bigint, p_source text, p_at timestamptz)
returns table (taken bigint, released uuid[]) language plpgsql as $$
declare t payments.tender; v_left bigint := p_amount; v_open bigint; v_part bigint; v_taken bigint := 0; v_released uuid[] := '{}'; v_id uuid;
begin
  for t in select * from payments.tender where order_id = p_order and state = 'authorized' order by at desc, id desc for update loop
    v_open := payments.left_of(t.id, t.amount);
    v_part := least(v_open, coalesce(v_left, v_open));
    continue when v_part <= 0;
    v_taken := v_taken + v_part;
    v_left := v_left - v_part;
    if v_part = t.amount then
      update payments.tender set state = 'voided' where id = t.id;
      if not exists (select from payments.capture c where c.intent_id = t.intent_id and c.kind = 'capture' and c.state <> 'failed') then
        insert into payments.capture (id, order_id, tender_id, intent_id, source, kind, currency, amount, is_last, at)
        values (uuidv7(), p_order, t.id, t.intent_id, p_source, 'release', t.currency, t.amount, true, p_at) on conflict do nothing returning id into v_id;
        v_released := v_released || v_id;
      end if;
    else
      update payments.tender set amount = amount - v_part where id = t.id;
    end if;
  end loop;
  return query select v_taken, v_released;
end $$;

-- Keeps what a provider answered about a capture, once. Taken, it is a captured tender: all of the authorized one, or a part beside what is left of
-- it. Answers the order, or nothing when it was answered before. The caller holds the order's lock.
create function payments.settle_capture(p_capture uuid, p_state text, p_reason text, p_at timestamptz) returns uuid language plpgsql as $$
declare c payments.capture; t payments.tender;
begin
  update payments.capture set state = p_state, reason = p_reason, settled_at = p_at where id = p_capture and state = 'requested' returning * into c;
  if not found then return null; end if;
  if c.kind = 'release' or p_state = 'failed' then return c.order_id; end if;
  select * into t from payments.tender where id = c.tender_id for update;
  if t.amount = c.amount then
    update payments.tender set state = 'captured', tip = c.tip, at = p_at where id = t.id;
  else
    update payments.tender set amount = amount - c.amount, tip = tip - c.tip where id = t.id;
    insert into payments.tender (id, order_id, intent_id, kind, state, currency, amount, tip, at, entity_id, place_id, channel_id, business_date, time_zone)
    values (c.id, t.order_id, t.intent_id, t.kind, 'captured', t.currency, c.amount, c.tip, p_at, t.entity_id, t.place_id, t.channel_id, t.business_date, t.time_zone);
  end if;
  return c.order_id;
end $$;

-- An authorization that is over before it was charged is to be paid otherwise: what it covered is due again. The caller holds the order's lock.
create function payments.expire_authorization(p_intent uuid, p_at timestamptz) returns uuid language plpgsql as $$
declare t payments.tender;
begin
  select * into t from payments.tender where intent_id = p_intent and state = 'authorized' for update;
  if t.id is null then return null; end if;
  update payments.capture set state = 'failed', reason = 'authorization_expired', settled_at = p_at where tender_id = t.id and state = 'requested';
  update payments.tender set state = 'voided' where id = t.id;
  insert into payments.tender (id, order_id, kind, state, currency, amount, at, entity_id, place_id, channel_id, business_date, time_zone)
  values (uuidv7(), t.order_id, 'due_at_collection', 'due', t.currency, t.amount, p_at, t.entity_id, t.place_id, t.channel_id, t.business_date, t.time_zone);
  return t.order_id;
end $$;
