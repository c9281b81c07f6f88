-- Store credit and gift cards as tenders, and money that goes back to store credit. The amounts are the ledger's. Locks: none that matter, the
-- tables are new.

-- A gift card is a multi-purpose voucher: it is paid without tax, and whoever has its code spends it.
create table payments.gift_card (
  id             uuid primary key,
  account_id     uuid not null unique,
  code_mac       bytea not null unique,         -- keyed hash of the code: a copy of the database pays nothing
  code_sealed    text,                          -- the code itself, to be shown to its buyer until it is first used
  last4          text not null,
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  amount         bigint not null check (amount > 0),
  order_id       uuid not null,
  line_id        uuid not null,
  record_id      uuid,                          -- who bought it
  expires_at     timestamptz,
  issued_at      timestamptz not null,
  blocked_at     timestamptz,
  blocked_by     uuid,
  block_reason   text,
  entity_id      uuid not null,
  place_id       uuid,
  channel_id     uuid not null,
  business_date  date not null,
  time_zone      text not null,
  check ((blocked_at is null) = (block_reason is null))
);
create index gift_card_of_order on payments.gift_card (order_id);
create index gift_card_of_record on payments.gift_card (record_id) where record_id is not null;
create index gift_card_issued on payments.gift_card (issued_at desc, id desc);

-- From what a tender of store credit or by gift card was taken.
create table payments.value_tender (
  tender_id  uuid primary key references payments.tender,
  order_id   uuid not null,
  kind       text not null check (kind in ('store_credit', 'gift_card')),
  card_id    uuid references payments.gift_card,
  amount     bigint not null check (amount > 0),
  check ((kind = 'gift_card') = (card_id is not null))
);
create index value_tender_of_card on payments.value_tender (card_id) where card_id is not null;
create index value_tender_of_order on payments.value_tender (order_id);

-- Store credit that staff gave.
create table payments.credit_grant (
  id             uuid primary key,
  record_id      uuid,                          -- emptied when the person is erased
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  amount         bigint not null check (amount > 0),
  reason         text not null,
  note           text,
  granted_by     uuid not null,
  entity_id      uuid not null,
  place_id       uuid,
  channel_id     uuid not null,
  business_date  date not null,
  time_zone      text not null,
  at             timestamptz not null
);
create index credit_grant_of_record on payments.credit_grant (record_id) where record_id is not null;
create index credit_grant_of_giver on payments.credit_grant (granted_by, business_date);

-- Spends store credit and gift cards for the tenders of an order, all or nothing; balances are locked, gift cards before store credit, and
-- nothing but points is locked after them [PAY-11]. The caller holds the customer whose store credit it is. Raises WF040 when there is too
-- little and WF041 when a card was blocked; a sale that happened takes what is there and books the rest as a loss.
create function payments.spend_values(p_order uuid, p_record uuid, p_at timestamptz, p_force boolean, p_values jsonb) returns void
language plpgsql as $$
declare v record; v_accounts uuid[]; v_detail text;
begin
  for v in select s.* from jsonb_to_recordset(p_values) as s(txn uuid, tender_id uuid, kind text, card_id uuid, amount bigint, currency text,
      entity_id uuid, place_id uuid, channel_id uuid, business_date date, time_zone text, actor_kind text, actor_id uuid) order by s.kind, s.card_id, s.tender_id
  loop
    if v.kind = 'gift_card' then
      v_accounts := array(select account_id from payments.gift_card where id = v.card_id);
    else
      v_accounts := ledger.accounts_of(array(select customers.records_of(p_record)), 'store_credit', v.currency);
    end if;
    begin
      perform ledger.spend(v.txn, 'spend', 'tender', v.tender_id, 0, v.entity_id, v.place_id, v.channel_id, v.business_date, v.time_zone,
        v.actor_kind, v.actor_id, jsonb_build_object('kind', 'spent', 'data', jsonb_build_object('orderId', p_order)), p_at, v_accounts, v.currency, v.amount, p_force);
    exception when sqlstate 'WF011' then
      get stacked diagnostics v_detail = pg_exception_detail;
      raise exception 'not enough value' using errcode = 'WF040', detail = (v_detail::jsonb || jsonb_build_object('kind', v.kind, 'currency', v.currency))::text;
    end;
    if v.kind = 'gift_card' and not p_force and exists (select from payments.gift_card where id = v.card_id and blocked_at is not null) then
      raise exception 'the gift card is blocked' using errcode = 'WF041';
    end if;
    insert into payments.value_tender (tender_id, order_id, kind, card_id, amount) values (v.tender_id, p_order, v.kind, v.card_id, v.amount);
    update payments.gift_card set code_sealed = null where id = v.card_id and code_sealed is not null;
  end loop;
end $$;

-- Makes the gift cards that an order sold, each with what was paid for it as its face value [PAY-14].
create function payments.issue_cards(p_order uuid, p_record uuid, p_at timestamptz, p_cards jsonb) returns void
language plpgsql as $$
declare c record;
begin
  for c in select i.* from jsonb_to_recordset(p_cards) as i(id uuid, account_id uuid, txn uuid, mac text, sealed text, last4 text, line_id uuid, amount bigint,
      currency text, expires_at timestamptz, entity_id uuid, place_id uuid, channel_id uuid, business_date date, time_zone text, actor_kind text, actor_id uuid)
  loop
    insert into payments.gift_card (id, account_id, code_mac, code_sealed, last4, currency, amount, order_id, line_id, record_id, expires_at, issued_at,
                                    entity_id, place_id, channel_id, business_date, time_zone)
    values (c.id, c.account_id, decode(c.mac, 'hex'), c.sealed, c.last4, c.currency, c.amount, p_order, c.line_id, p_record, c.expires_at, p_at,
            c.entity_id, c.place_id, c.channel_id, c.business_date, c.time_zone);
    perform ledger.credit(c.txn, 'issue', 'gift_card', c.id, 0, c.entity_id, c.place_id, c.channel_id, c.business_date, c.time_zone, c.actor_kind, c.actor_id,
      jsonb_build_object('kind', 'card_sold', 'data', jsonb_build_object('orderId', p_order)), p_at,
      ledger.open_card_account(c.account_id, c.currency, c.id), c.currency, c.amount, c.expires_at, null);
  end loop;
end $$;

-- The stored value of a sale, spent, issued and paid onto cards that are there (`top_up_cards` below), as `checkout.complete` passes it: one call for whatever it holds.
create function payments.move_values(p_order uuid, p_record uuid, p_at timestamptz, p_force boolean, p_values jsonb) returns void
language plpgsql as $$
begin
  if p_values -> 'topped_up' is not null then
    perform payments.lock_cards(p_values -> 'spent', p_values -> 'topped_up');
  end if;
  if p_values -> 'spent' is not null then
    perform payments.spend_values(p_order, p_record, p_at, p_force, p_values -> 'spent');
  end if;
  if p_values -> 'issued' is not null then
    perform payments.issue_cards(p_order, p_record, p_at, p_values -> 'issued');
  end if;
  if p_values -> 'topped_up' is not null then
    perform payments.top_up_cards(p_order, p_at, p_force, p_values -> 'topped_up');
  end if;
end $$;

-- Books refunds of an order that no provider is asked about: what was taken from a gift card, from store credit or in points goes back to exactly the
-- lots that it came from, and what goes to store credit is credited [PAY-12]. Balances: called last, before points. Answers how many.
create function payments.book_value_refunds(p_order uuid, p_actor_kind text, p_actor_id uuid, p_at timestamptz) returns integer
language plpgsql as $$
declare r record; v_rows integer := 0; v_before bigint; v_part integer; v_keeps bigint;
begin
  for r in
    select refund.*, tender.kind as tender_kind, tender.amount as tendered
    from payments.refund join payments.tender on tender.id = refund.tender_id left join payments.value_tender v on v.tender_id = tender.id
    where refund.order_id = p_order and refund.state = 'requested' and (refund.target = 'store_credit' or v.tender_id is not null or tender.kind = 'points')
    order by tender.kind, v.card_id, refund.id for update of refund
  loop
    if r.target = 'store_credit' then
      perform ledger.credit(uuidv7(), 'refund', 'refund', r.id, 0, r.entity_id, r.place_id, r.channel_id, r.business_date, r.time_zone, p_actor_kind, p_actor_id,
        jsonb_build_object('kind', 'refunded', 'data', jsonb_build_object('orderId', p_order)), p_at,
        ledger.open_account(uuidv7(), 'store_credit', r.currency, r.credit_record_id), r.currency, r.amount, null, null);
    else
      select coalesce(sum(amount), 0), count(*) into v_before, v_part from payments.refund
        where tender_id = r.tender_id and target = 'tender' and state = 'succeeded';
      v_keeps := r.tendered - v_before - r.amount;
      -- Of points, what pays for what stays, a broken point counting as used: any split of returns gives the same back, a whole one all of them.
      if r.tender_kind = 'points' then v_keeps := ceil(v_keeps::numeric * ledger.spent_by('tender', r.tender_id) / r.tendered); end if;
      perform ledger.give_back(uuidv7(), 'spend', 'give_back', 'tender', r.tender_id, v_part, v_keeps, r.business_date,
        p_actor_kind, p_actor_id, jsonb_build_object('kind', 'given_back', 'data', jsonb_build_object('orderId', p_order)), p_at);
    end if;
    update payments.refund set state = 'succeeded' where id = r.id;
    v_rows := v_rows + 1;
  end loop;
  return v_rows;
end $$;
