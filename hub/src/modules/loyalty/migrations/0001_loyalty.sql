-- One program as data, and who is a member by which source record. Points themselves are ledger entries.
-- Locks: none that matter, the tables are new.
create table loyalty.program (
  id               uuid primary key,
  name             text not null,
  is_current       boolean not null default true,
  created_at       timestamptz not null default now()
);
create unique index one_current_program on loyalty.program (is_current) where is_current;

-- Versioned and never edited: what a sale earned is explained by the version it was computed with.
create table loyalty.rule_set (
  program_id       uuid not null references loyalty.program,
  version          integer not null,
  points           integer not null check (points > 0),            -- so many points …
  per_minor_units  integer not null check (per_minor_units > 0),   -- … for each full amount of so much
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  valid_from       timestamptz not null default now(),
  primary key (program_id, version)
);

-- Facts name the source record: a merge moves nothing, the customer's balance is the sum over linked records [LOY-3].
create table loyalty.membership (
  record_id    uuid primary key,
  program_id   uuid not null references loyalty.program,
  account_id   uuid not null,
  card_number  text not null unique,
  enrolled_at  timestamptz not null default now()
);

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

-- Books what a sale earned, in the sale's transaction [LOY-1]. A record that is no member becomes one by its first points.
-- Answers false when that order has earned before [LED-3].
create function loyalty.earn(
  p_txn uuid, p_order uuid, p_record uuid, p_program uuid, p_account uuid, p_card_number text, p_points bigint,
  p_entity uuid, p_place uuid, p_channel uuid, p_business_date date, p_time_zone text,
  p_actor_kind text, p_actor_id uuid, p_because jsonb, p_at timestamptz
) returns boolean
language plpgsql as $$
begin
  return ledger.post(p_txn, 'earn', 'order', p_order, 0, p_entity, p_place, p_channel, p_business_date, p_time_zone,
    p_actor_kind, p_actor_id, p_because, p_at,
    array[loyalty.enroll(p_record, p_program, p_account, p_card_number),
          ledger.counter_account('issued', 'points:' || p_program, p_entity)],
    array[p_points, -p_points]);
end $$;

-- Takes back what an order earned and has not been taken back yet, up to `p_points`. Answers how many points went.
create function loyalty.take_back(
  p_txn uuid, p_order uuid, p_part integer, p_points bigint, p_actor_kind text, p_actor_id uuid,
  p_business_date date, p_because jsonb, p_at timestamptz
) returns bigint
language plpgsql as $$
begin
  return ledger.reverse(p_txn, 'earn', 'take_back', 'order', p_order, p_part, p_points, p_business_date, p_actor_kind, p_actor_id, p_because, p_at);
end $$;

-- A member with the points of this record's account. Published for views.
create view loyalty.read_member as
  select membership.record_id, membership.program_id, membership.account_id, membership.card_number, membership.enrolled_at,
         balance.balance
  from loyalty.membership join ledger.read_balance as balance on balance.account_id = membership.account_id;
