-- What is paid, how, and what the providers said. Locks: none that matter, the tables are new.
-- Card data never comes here: a token is the provider's, and is emptied once the intent has ended.
create table payments.intent (
  id            uuid primary key,
  cart_id       uuid,                        -- null for what is taken at the hand-over of an order
  order_id      uuid,
  provider      text not null,
  token         text,
  currency      text not null check (currency ~ '^[A-Z]{3}$'),
  amount        bigint not null check (amount > 0),
  state         text not null check (state in ('created', 'pending_action', 'authorized', 'captured', 'failed', 'voided', 'expired')),
  provider_ref  text,
  action_url    text,                        -- where the payer takes a step at their bank, until the intent has ended [PAY-22]
  kept_card     text,                        -- the provider's name of the card, to charge what leaves later [PAY-37]; forgotten once nothing of its order is to come
  authorized_until  timestamptz,             -- by when its provider lets it be charged
  warned_at     timestamptz,                 -- when somebody was told that this ends soon
  because       jsonb,                       -- why it failed or was voided
  asked_at      timestamptz,                 -- when the provider was asked about it, of a card that waited for the one before it [PAY-47]
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  check (cart_id is not null or order_id is not null)
) with (fillfactor = 80);
create index intent_keeps_card on payments.intent (order_id) where kept_card is not null;
create index intent_of_cart on payments.intent (cart_id);
create index intent_unsettled on payments.intent (updated_at)
  where state in ('created', 'pending_action', 'authorized', 'captured') and order_id is null;

-- Append only: an intent's amounts are folded from these [PAY-1]. A provider's event that comes again changes nothing [PAY-2].
create table payments.payment_event (
  id                 uuid primary key,
  intent_id          uuid not null references payments.intent,
  provider           text not null,
  provider_event_id  text not null,
  kind               text not null check (kind in ('pending', 'authorized', 'captured', 'failed', 'voided', 'refunded')),
  amount             bigint not null check (amount >= 0),
  because            jsonb,
  at                 timestamptz not null,
  unique (provider, provider_event_id)
);
create index payment_event_of_intent on payments.payment_event (intent_id);

-- How an order was or will be paid. `due_at_collection` counts as nothing paid until it is settled by another tender [PAY-3].
create table payments.tender (
  id             uuid primary key,
  order_id       uuid not null,
  intent_id      uuid references payments.intent,
  kind           text not null check (kind in ('cash', 'card', 'due_at_collection', 'imported', 'store_credit', 'gift_card', 'points', 'account')),
  state          text not null check (state in ('captured', 'authorized', 'due', 'failed', 'settled', 'voided')),
  currency       text not null,
  amount         bigint not null check (amount >= 0),
  received       bigint,                     -- cash handed over
  change         bigint,                     -- cash given back
  tip            bigint not null default 0 check (tip >= 0),  -- given to the staff on top of the amount: no revenue, and no refund reaches it [PAY-44]
  at             timestamptz not null,
  entity_id      uuid not null,
  place_id       uuid,
  channel_id     uuid not null,
  business_date  date not null,
  time_zone      text not null,
  constraint "PAY-3 due is a tender of its own"
    check (case kind when 'due_at_collection' then state in ('due', 'settled', 'voided') else state not in ('due', 'settled') end),
  constraint "PAY-44 a tip is paid in money" check (tip = 0 or kind in ('cash', 'card'))
);
create index tender_authorized on payments.tender (intent_id) where state = 'authorized';
create index tender_of_order on payments.tender (order_id);

-- Money that went back: to its tender, to store credit, or to another order that it pays for in the same act, so that nothing leaves the drawer or
-- goes to the card (the tender of that one has the id of the refund that it came by, and the intent of the card that it was paid by at first).
-- `source` says what for and never expires: it goes back once [PAY-4].
create table payments.refund (
  id             uuid primary key,
  order_id       uuid not null,
  tender_id      uuid not null references payments.tender,
  source         text not null,
  target         text not null default 'tender' check (target in ('tender', 'store_credit', 'exchange')),
  credit_record_id  uuid,                    -- whose store credit it became
  state          text not null check (state in ('requested', 'pending', 'succeeded', 'failed')),
  currency       text not null,
  amount         bigint not null check (amount >= 0),
  tip            bigint not null default 0 check (tip >= 0),  -- goes back with it, where nothing of the order was handed over [PAY-46]
  attempt        integer not null default 1 check (attempt > 0),  -- which try its provider is asked for [PAY-21]
  settled_by     uuid,                       -- who noted how it ended, when no provider said it
  note           text,
  at             timestamptz not null,
  entity_id      uuid not null,
  place_id       uuid,
  channel_id     uuid not null,
  business_date  date not null,
  time_zone      text not null,
  unique (source, tender_id),
  check (amount + tip > 0),
  constraint "PAY-13 store credit has an owner" check ((target = 'store_credit') = (credit_record_id is not null))
);
create index refund_of_order on payments.refund (order_id);
create index refund_open on payments.refund (at) where state in ('requested', 'pending');
create index refund_failed on payments.refund (at) where state = 'failed';

-- The state that the events of an intent add up to [PAY-1]. What was captured stays captured, however late a failure is told.
create function payments.fold(p_intent uuid) returns text
language sql stable as $$
  select case
    when bool_or(kind = 'voided') then 'voided'
    when bool_or(kind = 'captured') then 'captured'
    when bool_or(kind = 'failed') then 'failed'
    when bool_or(kind = 'authorized') then 'authorized'
    when bool_or(kind = 'pending') then 'pending_action'
    else 'created'
  end from payments.payment_event where intent_id = p_intent
$$;

-- Opens intents before their provider is asked, so that an answer that is lost can be asked for [PAY-5].
create function payments.open_intents(p_intents json) returns void
language sql as $$
  insert into payments.intent (id, cart_id, provider, token, currency, amount, state, created_at, updated_at)
  select id, cart_id, provider, token, currency, amount, 'created', at, at
  from json_to_recordset(p_intents) as i(id uuid, cart_id uuid, provider text, token text, currency text, amount bigint, at timestamptz)
$$;

-- Applies what a provider said. Answers the intent's state afterwards, or null when the intent is unknown.
create function payments.apply_event(
  p_id uuid, p_intent uuid, p_provider text, p_provider_event_id text, p_kind text, p_amount bigint, p_provider_ref text, p_because jsonb, p_at timestamptz
) returns text
language plpgsql as $$
declare folded text;
begin
  perform 1 from payments.intent where id = p_intent for update;
  if not found then return null; end if;
  insert into payments.payment_event (id, intent_id, provider, provider_event_id, kind, amount, because, at)
  values (p_id, p_intent, p_provider, p_provider_event_id, p_kind, p_amount, p_because, p_at)
  on conflict (provider, provider_event_id) do nothing;
  folded := payments.fold(p_intent);
  update payments.intent
    set state = folded, provider_ref = coalesce(p_provider_ref, provider_ref), because = coalesce(p_because, because), updated_at = p_at,
        token = case when folded in ('created', 'pending_action') then token end
    where id = p_intent;
  return folded;
end $$;

-- Writes the tenders of an order, and the intents that were approved on the spot with the event that says so.
create function payments.record(p_order uuid, p_tenders json, p_approved json) returns void
language plpgsql as $$
begin
  if p_approved is not null then
    with approved as (
      select * from json_to_recordset(p_approved) as a(id uuid, cart_id uuid, event_id uuid, provider text, provider_event_id text, provider_ref text,
        currency text, amount bigint, at timestamptz)
    ), intents as (
      insert into payments.intent (id, cart_id, order_id, provider, currency, amount, state, provider_ref, created_at, updated_at)
      select id, cart_id, p_order, provider, currency, amount, 'captured', provider_ref, at, at from approved
    )
    insert into payments.payment_event (id, intent_id, provider, provider_event_id, kind, amount, at)
    select event_id, id, provider, provider_event_id, 'captured', amount, at from approved;
  end if;
  insert into payments.tender (id, order_id, intent_id, kind, state, currency, amount, received, change, tip, at,
                               entity_id, place_id, channel_id, business_date, time_zone)
  select id, p_order, intent_id, kind, state, currency, amount, received, change, coalesce(tip, 0), at, entity_id, place_id, channel_id, business_date,
         time_zone
  from json_to_recordset(p_tenders) as t(id uuid, intent_id uuid, kind text, state text, currency text, amount bigint, received bigint,
    change bigint, tip bigint, at timestamptz, entity_id uuid, place_id uuid, channel_id uuid, business_date date, time_zone text);
  -- Each intent that was approved just now has its tender; with more tenders than that, one may pay by an intent that was opened before.
  if json_array_length(p_tenders) > coalesce(json_array_length(p_approved), 0) then
    update payments.intent set order_id = p_order
    where order_id is null
      and id in (select intent_id from json_to_recordset(p_tenders) as t(intent_id uuid) where intent_id is not null);
  end if;
end $$;

-- Takes what was due at the collection [PAY-3]: the due tender is settled by the tenders given.
create function payments.settle_due(p_order uuid, p_tenders json, p_approved json) returns void
language plpgsql as $$
begin
  update payments.tender set state = 'settled' where order_id = p_order and state = 'due';
  perform payments.record(p_order, p_tenders, p_approved);
end $$;

-- Takes a part of what is due, or all of it, before its goods leave [PAY-37]: so much less is due. Answers whether that much was due. The caller holds
-- the lock of the order.
create function payments.pay_due(p_order uuid, p_amount bigint, p_tenders json) returns boolean language plpgsql as $$
declare t payments.tender; v_left bigint := p_amount;
begin
  if coalesce((select sum(amount) from payments.tender where order_id = p_order and state = 'due'), 0) < p_amount then return false; end if;
  for t in select * from payments.tender where order_id = p_order and state = 'due' order by at, id for update loop
    exit when v_left = 0;
    if t.amount <= v_left then update payments.tender set state = 'settled' where id = t.id;
    else update payments.tender set amount = amount - v_left where id = t.id;
    end if;
    v_left := v_left - least(t.amount, v_left);
  end loop;
  perform payments.record(p_order, p_tenders, null);
  return true;
end $$;

-- Money that was paid before the hub was there.
create function payments.import(p_tenders json) returns void language sql as $$
  insert into payments.tender (id, order_id, kind, state, currency, amount, at, entity_id, place_id, channel_id, business_date, time_zone)
  select id, order_id, 'imported', 'captured', currency, amount, at, entity_id, place_id, channel_id, business_date, time_zone
    from json_to_recordset(p_tenders) as t (id uuid, order_id uuid, currency text, amount bigint, at timestamptz, entity_id uuid, place_id uuid, channel_id uuid, business_date date, time_zone text)
$$;

-- Moves a refund from states that it may be in, or answers nothing. What goes back of a tender is never more than it took [PAY-9]: money that
-- went back by another refund meanwhile is not owed any more. The caller holds the lock of the order.
create function payments.move_refund(p_refund uuid, p_from text[], p_to text, p_next_attempt boolean, p_by uuid, p_note text, p_at timestamptz)
returns table (order_id uuid, amount bigint, currency text, tender_id uuid)
language sql as $$
  update payments.refund r
     set state = p_to, attempt = r.attempt + case when p_next_attempt then 1 else 0 end,
         settled_by = coalesce(p_by, r.settled_by), note = coalesce(p_note, r.note), at = case when p_next_attempt then p_at else r.at end
    from payments.tender t
   where r.id = p_refund and t.id = r.tender_id and r.state = any(p_from)
     and r.amount + (select coalesce(sum(o.amount), 0) from payments.refund o where o.tender_id = t.id and o.id <> r.id and o.state <> 'failed')
         <= t.amount
  returning r.order_id, r.amount, r.currency, r.tender_id
$$;

-- Refunds that wait for a person: those that failed, and those whose provider has not said for ten minutes what became of them.
create view payments.read_unknown_refund as
  select id, order_id, place_id, at from payments.refund
   where state = 'failed' or state in ('requested', 'pending') and at < now() - interval '10 minutes';
comment on view payments.read_unknown_refund is 'not null: id, order_id, at';
