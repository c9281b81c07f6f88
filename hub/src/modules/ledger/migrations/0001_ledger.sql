-- Double entry for whatever is counted for somebody: points, store credit, gift cards, what companies owe. It knows no rule of loyalty.
-- Locks: none that matter, the tables are new. Ids of other modules, no foreign key: those stay inside a schema.
create table ledger.account (
  id          uuid primary key,
  kind        text not null check (kind in ('member_available', 'store_credit', 'gift_card', 'issued', 'redeemed', 'expired', 'loss', 'reversed_debt',
    'due_to', 'due_from', 'receivable', 'on_account', 'deposits_owed', 'deposits_held', 'tips_owed', 'tips_held', 'partner', 'on_partners')),
  unit        text not null,                     -- 'points:<program>' or an ISO 4217 code
  record_id   uuid,                              -- what a person owns names the source record it came by
  entity_id   uuid,                              -- a counter account belongs to a legal entity
  card_id     uuid,                              -- a gift card belongs to nobody that is named
  company_id  uuid,                              -- what a company owes is a counter account of its own
  partner_id  uuid,                              -- and what a partner of the loyalty program owes
  is_bounded  boolean not null,                  -- never below zero, so it has a row in ledger.balance
  opened_at   timestamptz not null default now(),
  constraint account_one_owner check (num_nonnulls(record_id, entity_id, card_id, company_id, partner_id) = 1),
  constraint account_is_bounded check (is_bounded = (entity_id is null and company_id is null and partner_id is null)),
  constraint account_of_a_card check ((kind = 'gift_card') = (card_id is not null)),
  constraint account_of_a_company check ((kind = 'receivable') = (company_id is not null)),
  constraint account_of_a_partner check ((kind = 'partner') = (partner_id is not null))
);
create unique index account_of_record on ledger.account (record_id, kind, unit) where record_id is not null;
create unique index account_of_entity on ledger.account (entity_id, kind, unit) where entity_id is not null;
create unique index account_of_card on ledger.account (card_id) where card_id is not null;
create unique index account_of_company on ledger.account (company_id, unit) where company_id is not null;
create unique index account_of_partner on ledger.account (partner_id, unit) where partner_id is not null;

create table ledger.txn (
  id             uuid primary key,
  kind           text not null,
  source_type    text not null,
  source_id      uuid not null,
  part           integer not null default 0,     -- several movements of one kind from one source, such as partial refunds
  entity_id      uuid not null,
  place_id       uuid,
  channel_id     uuid not null,
  business_date  date not null,
  time_zone      text not null,
  actor_kind     text not null,
  actor_id       uuid,
  because        jsonb not null,
  at             timestamptz not null,
  unique (source_type, source_id, kind, part)    -- a movement that comes again changes nothing [LED-3]
);

create table ledger.leg (
  account_id  uuid not null references ledger.account,
  txn_id      uuid not null references ledger.txn,
  amount      bigint not null check (amount <> 0),
  primary key (account_id, txn_id)
);
create index leg_of_txn on ledger.leg (txn_id);

-- Only for bounded accounts: a balance row that many sales share would make them wait for each other.
create table ledger.balance (
  account_id  uuid primary key references ledger.account,
  balance     bigint not null,
  debt        bigint not null default 0 check (debt >= 0),   -- how far reversals have taken it below zero
  version     bigint not null default 1,
  constraint "LED-4 never below zero" check (balance + debt >= 0)
) with (fillfactor = 50);

-- Counter accounts: their balance at the end of a day; today's is this and the legs since.
create table ledger.account_day (
  account_id     uuid not null references ledger.account,
  business_date  date not null,
  balance        bigint not null,
  primary key (account_id, business_date)
);

-- The account of a record, opened when it is not there. Two that open it at once get the same.
create function ledger.open_account(p_id uuid, p_kind text, p_unit text, p_record uuid) returns uuid
language plpgsql as $$
declare found_id uuid;
begin
  select id into found_id from ledger.account where record_id = p_record and kind = p_kind and unit = p_unit;
  if found_id is not null then return found_id; end if;
  insert into ledger.account (id, kind, unit, record_id, is_bounded) values (p_id, p_kind, p_unit, p_record, true)
  on conflict (record_id, kind, unit) where record_id is not null do nothing;
  if found then
    insert into ledger.balance (account_id, balance) values (p_id, 0);
    return p_id;
  end if;
  select id into found_id from ledger.account where record_id = p_record and kind = p_kind and unit = p_unit;
  return found_id;
end $$;

-- The counter account of a legal entity, opened when it is not there.
create function ledger.counter_account(p_kind text, p_unit text, p_entity uuid) returns uuid
language plpgsql as $$
declare found_id uuid;
begin
  select id into found_id from ledger.account where entity_id = p_entity and kind = p_kind and unit = p_unit;
  if found_id is not null then return found_id; end if;
  insert into ledger.account (id, kind, unit, entity_id, is_bounded) values (uuidv7(), p_kind, p_unit, p_entity, false)
  on conflict (entity_id, kind, unit) where entity_id is not null do nothing;
  select id into found_id from ledger.account where entity_id = p_entity and kind = p_kind and unit = p_unit;
  return found_id;
end $$;

-- Posts one movement. Answers false when its source was posted before: then nothing changes [LED-3].
-- Raises WF003 when the legs of a unit do not sum to zero [LED-1]; a bounded balance below zero violates LED-4.
-- Balances are updated last, in the order of accounts; what comes in lowers the debt of its account.
create function ledger.post(
  p_txn uuid, p_kind text, p_source_type text, p_source_id uuid, p_part integer,
  p_entity uuid, p_place uuid, p_channel uuid, p_business_date date, p_time_zone text,
  p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz,
  p_accounts uuid[], p_amounts bigint[]
) returns boolean
language plpgsql as $$
begin
  insert into ledger.txn (id, kind, source_type, source_id, part, entity_id, place_id, channel_id, business_date, time_zone,
                          actor_kind, actor_id, because, at)
  values (p_txn, p_kind, p_source_type, p_source_id, p_part, p_entity, p_place, p_channel, p_business_date, p_time_zone,
          p_actor_kind, p_actor_id, p_because, p_at)
  on conflict (source_type, source_id, kind, part) do nothing;
  if not found then return false; end if;

  if exists (select 1 from unnest(p_accounts, p_amounts) as leg(account_id, amount)
             left join ledger.account on account.id = leg.account_id
             group by account.unit having sum(leg.amount) <> 0 or account.unit is null) then
    raise exception 'the legs do not sum to zero' using errcode = 'WF003';
  end if;

  insert into ledger.leg (account_id, txn_id, amount)
  select leg.account_id, p_txn, leg.amount from unnest(p_accounts, p_amounts) as leg(account_id, amount) order by leg.account_id;

  with wanted as (
    select balance.account_id, leg.amount from unnest(p_accounts, p_amounts) as leg(account_id, amount)
    join ledger.balance on balance.account_id = leg.account_id
    order by balance.account_id for update of balance
  )
  update ledger.balance set balance = balance.balance + wanted.amount, version = balance.version + 1,
         debt = least(balance.debt, greatest(0, -(balance.balance + wanted.amount)))
  from wanted where balance.account_id = wanted.account_id;
  return true;
end $$;

-- What a record can use now, per unit. Published for `loyalty` and views.
create view ledger.read_balance as
  select account.record_id, account.unit, balance.account_id, balance.balance
  from ledger.balance join ledger.account on account.id = balance.account_id;
