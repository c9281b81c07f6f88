-- Promotions: their versions, budgets and uses. Locks: none that matter, the tables are new.

create table pricing.promotion (
  id                         uuid primary key,
  version                    integer not null check (version > 0),  -- the newest, which is the one in force
  maximum_uses               integer check (maximum_uses > 0),
  maximum_uses_per_customer  integer check (maximum_uses_per_customer > 0),
  maximum_amount             bigint check (maximum_amount > 0),     -- minor units of `currency`
  currency                   text check (currency ~ '^[A-Z]{3}$'),
  is_used_up                 boolean not null default false,         -- kept by its budget, so that no cart has to ask for it
  created_at                 timestamptz not null,
  check (maximum_amount is null or currency is not null)
);

-- What a promotion was at each time: orders name the version that they were priced with.
create table pricing.promotion_version (
  promotion_id  uuid not null references pricing.promotion,
  version       integer not null,
  terms         jsonb not null,                                      -- as the API takes them
  at            timestamptz not null,
  primary key (promotion_id, version)
);

-- What is spent of a promotion with a maximum [PRC-18]: one row, locked late in a completion. The use that reaches a maximum of money is the
-- last and may pass it, so that a budget is either open for every cart or for none.
create table pricing.promotion_budget (
  promotion_id  uuid primary key references pricing.promotion,
  used          integer not null default 0 check (used >= 0),
  spent         bigint not null default 0 check (spent >= 0)
) with (fillfactor = 50);

create table pricing.promotion_use (
  promotion_id   uuid not null references pricing.promotion,
  order_id       uuid not null,
  record_id      uuid,                                               -- emptied by erasure
  amount         bigint not null check (amount >= 0),                -- what it took off, in minor units of the order's currency
  is_counted     boolean not null,                                   -- on its budget
  used_at        timestamptz not null default now(),
  given_back_at  timestamptz,
  constraint "PRC-18 once per order" primary key (promotion_id, order_id)
);
create index promotion_use_record on pricing.promotion_use (record_id) where record_id is not null;
create index promotion_use_order on pricing.promotion_use (order_id);

-- Whoever may not use a promotion again, to be found by it. The inserts of members pay nothing for it.
create index customer_group_used on pricing.customer_group (customer_group) where customer_group like 'used:%';

-- A budget that was used up, or is open again: everybody's snapshot learns it. Internal.
create function pricing.set_used_up(p_promotion uuid, p_is_used_up boolean) returns void language plpgsql as $$
declare v_revision bigint;
begin
  update pricing.promotion set is_used_up = p_is_used_up where id = p_promotion and is_used_up <> p_is_used_up;
  if not found then return; end if;
  update pricing.revision set revision = revision + 1 returning revision into v_revision;
  perform platform.publish(uuidv7(), 'pricing.changed.v1', 'pricing/prices', jsonb_build_object('revision', v_revision, 'what', 'promotions'));
end $$;

-- Whether the budget of a promotion is spent; a promotion without a maximum never is. The caller holds the budget's lock. Internal.
create function pricing.is_spent(p_promotion uuid) returns boolean language sql stable as $$
  select coalesce(b.used >= p.maximum_uses, false) or coalesce(b.spent >= p.maximum_amount, false)
    from pricing.promotion p join pricing.promotion_budget b on b.promotion_id = p.id where p.id = p_promotion
$$;

-- Puts into the group of those who may not use it again the customer who has reached their limit [PRC-18]: carts read the groups of all linked
-- records anyway, so that no cart asks how often somebody used what. Internal.
create function pricing.mark_used_by_customer(p_promotion uuid, p_record uuid, p_records uuid[]) returns void language sql as $$
  insert into pricing.customer_group (record_id, customer_group)
  select p_record, 'used:' || p_promotion from pricing.promotion p
   where p.id = p_promotion and p.maximum_uses_per_customer <= (
     select count(*) from pricing.promotion_use u where u.promotion_id = p.id and u.record_id = any (p_records) and u.given_back_at is null)
  on conflict do nothing
$$;

-- Spends one promotion for an order. Raises WF014 with its id in `detail` when it is used up, in all or by this customer. Internal.
create function pricing.use_promotion(p_promotion uuid, p_order uuid, p_record uuid, p_records uuid[], p_amount bigint, p_enforce boolean)
returns void language plpgsql as $$
declare
  v_promotion pricing.promotion;
  v_is_limited boolean;
begin
  select * into v_promotion from pricing.promotion where id = p_promotion;
  if p_enforce and v_promotion.maximum_uses_per_customer is not null and v_promotion.maximum_uses_per_customer <= (
    select count(*) from pricing.promotion_use u
     where u.promotion_id = p_promotion and u.record_id = any (p_records) and u.given_back_at is null
  ) then
    raise exception 'this promotion is used up' using errcode = 'WF014', detail = p_promotion::text;
  end if;
  v_is_limited := num_nonnulls(v_promotion.maximum_uses, v_promotion.maximum_amount) > 0;
  if v_is_limited then
    update pricing.promotion_budget set used = used + 1, spent = spent + p_amount
     where promotion_id = p_promotion
       and (not p_enforce or ((v_promotion.maximum_uses is null or used < v_promotion.maximum_uses)
         and (v_promotion.maximum_amount is null or spent < v_promotion.maximum_amount)));
    if not found then raise exception 'this promotion is used up' using errcode = 'WF014', detail = p_promotion::text; end if;
    if pricing.is_spent(p_promotion) then perform pricing.set_used_up(p_promotion, true); end if;
  end if;
  insert into pricing.promotion_use (promotion_id, order_id, record_id, amount, is_counted)
  values (p_promotion, p_order, p_record, p_amount, v_is_limited)
  on conflict (promotion_id, order_id) do update set given_back_at = null, amount = excluded.amount, is_counted = excluded.is_counted;
  if v_promotion.maximum_uses_per_customer is not null then perform pricing.mark_used_by_customer(p_promotion, p_record, p_records); end if;
end $$;
