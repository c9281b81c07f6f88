-- Gift cards that hold more than they were sold with. The amounts are the ledger's. Locks: none that matter, the table is new.
create table payments.gift_card_top_up (
  id             uuid primary key,                -- the movement in the ledger
  card_id        uuid not null references payments.gift_card,
  order_id       uuid not null,
  line_id        uuid not null unique,            -- paid onto it once
  amount         bigint not null check (amount > 0),
  entity_id      uuid not null,
  place_id       uuid,
  channel_id     uuid not null,
  business_date  date not null,
  time_zone      text not null,
  at             timestamptz not null
);
create index gift_card_top_up_of_card on payments.gift_card_top_up (card_id);
create index gift_card_top_up_of_order on payments.gift_card_top_up (order_id);

-- Locks the balances of all gift cards that a sale spends or tops up, in the order of accounts, before any of them moves: two sales that each pay with the card
-- of the other then wait and do not block each other. Internal.
create function payments.lock_cards(p_spent jsonb, p_top_ups jsonb) returns void language sql as $$
  select ledger.lock_balances(array(
    select account_id from payments.gift_card
     where id in (select (u ->> 'card_id')::uuid from jsonb_array_elements(p_top_ups || coalesce(p_spent, '[]')) u)))
$$;

-- Puts what was paid onto gift cards that are there [PAY-60]: a lot of the legal entity that sold it. A card has one end, so the later of its own and that of
-- what is new holds for all that is on it. The caller holds the balances (`lock_cards`). Raises WF041 for one that was blocked, WF042 for one that has ended or would hold more than `most`; a sale that happened is booked whatever it is.
create function payments.top_up_cards(p_order uuid, p_at timestamptz, p_force boolean, p_top_ups jsonb) returns void
language plpgsql as $$
declare t record; c payments.gift_card; v_end timestamptz;
begin
  for t in select u.* from jsonb_to_recordset(p_top_ups) as u(txn uuid, card_id uuid, line_id uuid, amount bigint, most bigint, currency text, expires_at timestamptz,
      entity_id uuid, place_id uuid, channel_id uuid, business_date date, time_zone text, actor_kind text, actor_id uuid) order by u.card_id, u.line_id
  loop
    select * into strict c from payments.gift_card where id = t.card_id for update;
    if not p_force then
      if c.blocked_at is not null then raise exception 'the gift card is blocked' using errcode = 'WF041'; end if;
      if c.expires_at <= p_at then
        raise exception 'the gift card has ended' using errcode = 'WF042', detail = jsonb_build_object('because', 'ended')::text;
      end if;
      if t.most > 0 and ledger.usable(array[c.account_id], p_at) + t.amount > t.most then
        raise exception 'the gift card would hold too much' using errcode = 'WF042',
          detail = jsonb_build_object('because', 'too_much', 'left', ledger.usable(array[c.account_id], p_at), 'most', t.most, 'currency', t.currency)::text;
      end if;
    end if;
    v_end := case when c.expires_at is null or t.expires_at is null then null else greatest(c.expires_at, t.expires_at) end;
    perform ledger.credit(t.txn, 'issue', 'order_line', t.line_id, 0, t.entity_id, t.place_id, t.channel_id, t.business_date, t.time_zone, t.actor_kind, t.actor_id,
      jsonb_build_object('kind', 'card_topped_up', 'data', jsonb_build_object('orderId', p_order)), p_at, c.account_id, t.currency, t.amount, v_end, null);
    perform ledger.prolong_lots(c.account_id, v_end, p_at);
    insert into payments.gift_card_top_up (id, card_id, order_id, line_id, amount, entity_id, place_id, channel_id, business_date, time_zone, at)
    values (t.txn, c.id, p_order, t.line_id, t.amount, t.entity_id, t.place_id, t.channel_id, t.business_date, t.time_zone, p_at);
    update payments.gift_card set expires_at = v_end where id = c.id and expires_at is distinct from v_end;
  end loop;
end $$;
