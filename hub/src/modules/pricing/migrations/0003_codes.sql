-- Discount codes, how often each may be used, and its uses, which codes and promotions spend together. Locks: none that matter, the tables are new.
create table pricing.code (
  id                         uuid primary key,
  code                       text not null unique check (code <> '' and code = upper(code)),
  benefit                    text not null check (benefit in ('percentage', 'amount', 'promotion')),
  promotion_id               uuid references pricing.promotion,     -- which it lets serve
  numerator                  integer,
  denominator                integer,
  amount                     bigint check (amount > 0),
  currency                   text check (currency ~ '^[A-Z]{3}$'),  -- of the amount and of the minimum
  minimum                    bigint check (minimum >= 0),
  combinable                 boolean not null,
  valid_from                 timestamptz,
  valid_to                   timestamptz,
  maximum_uses               integer check (maximum_uses > 0),
  maximum_uses_per_customer  integer check (maximum_uses_per_customer > 0),
  check (valid_from < valid_to),
  constraint "PRC-7 at most all of it" check (case benefit
    when 'amount' then amount is not null and num_nonnulls(numerator, denominator, promotion_id) = 0
    when 'promotion' then promotion_id is not null and num_nonnulls(numerator, denominator, amount, minimum) = 0
    else denominator > 0 and numerator between 1 and denominator and num_nonnulls(amount, promotion_id) = 0 end),
  check (currency is not null or num_nonnulls(amount, minimum) = 0)
);
create index code_promotion on pricing.code (promotion_id) where promotion_id is not null;

create table pricing.code_scope (
  code_id  uuid not null references pricing.code on delete cascade,
  key      text not null check (key in ('place', 'group', 'channel', 'customer_group')),
  value    text not null check (value <> ''),
  primary key (code_id, key, value)
);

-- The uses that are left of a code with a maximum [PRC-12]. A large one is cut into slots that are locked one by one,
-- so that carts completed together do not wait for each other.
create table pricing.code_budget (
  code_id  uuid not null references pricing.code on delete cascade,
  slot     smallint not null check (slot between 0 and 15),
  maximum  integer not null check (maximum > 0),
  used     integer not null default 0 constraint "PRC-12 never above the maximum" check (used between 0 and maximum),
  primary key (code_id, slot)
) with (fillfactor = 50);

create table pricing.code_use (
  code_id        uuid not null references pricing.code,
  order_id       uuid not null,
  record_id      uuid,                                      -- emptied by erasure
  amount         bigint not null check (amount >= 0),       -- what it took off, in minor units of the order's currency
  slot           smallint,                                  -- null: not counted, no maximum or a sale that had happened already
  used_at        timestamptz not null default now(),
  given_back_at  timestamptz,
  constraint "PRC-12 once per order" primary key (code_id, order_id)
);
create index code_use_record on pricing.code_use (record_id) where record_id is not null;
create index code_use_order on pricing.code_use (order_id);

-- Takes one use from the budget of a code: first from a slot that nobody holds, then, one after the other, from those that were
-- held. Answers the slot, or null when the code is used up.
create function pricing.take_code_use(p_code uuid) returns smallint language plpgsql as $$
declare
  v_slot smallint;
begin
  update pricing.code_budget b set used = b.used + 1
    from (select slot from pricing.code_budget where code_id = p_code and used < maximum limit 1 for update skip locked) free
   where b.code_id = p_code and b.slot = free.slot
  returning b.slot into v_slot;
  if found then return v_slot; end if;
  for v_slot in select slot from pricing.code_budget where code_id = p_code order by slot loop
    update pricing.code_budget set used = used + 1 where code_id = p_code and slot = v_slot and used < maximum;
    if found then return v_slot; end if;
  end loop;
  return null;
end $$;

-- Whether any of these codes or promotions may be used so and so often by one customer: only then its uses are counted, under the customer's lock.
create function pricing.has_customer_limit(p_codes uuid[]) returns boolean language sql stable as $$
  select exists (select from pricing.code where id = any (p_codes) and maximum_uses_per_customer is not null)
      or exists (select from pricing.promotion where id = any (p_codes) and maximum_uses_per_customer is not null)
$$;

-- Spends the codes of an order, once per order however often it is called [PRC-12]; `p_codes` may be promotions too, counted as [PRC-18] says. One
-- statement finds both, so that an order with codes alone asks nothing more. `p_records` are all records of the customer, because a use
-- per customer is counted over all of them: needed where `has_customer_limit` says so, and then the caller holds the customer's lock. With
-- `p_enforce` false, for a sale that has happened already, nothing is refused. Raises WF010 with the code's text in `detail` when it is used up.
-- Planned once per connection, not for every order anew.
create function pricing.use_codes(p_order uuid, p_record uuid, p_records uuid[], p_codes uuid[], p_amounts bigint[], p_enforce boolean)
returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  v_code record;
  v_slot smallint;
begin
  for v_code in
    select wanted.id, c.code, c.maximum_uses, c.maximum_uses_per_customer, wanted.amount
      from unnest(p_codes, p_amounts) as wanted (id, amount) left join pricing.code c on c.id = wanted.id
     where not exists (select from pricing.code_use u where u.code_id = wanted.id and u.order_id = p_order and u.given_back_at is null)
       and not exists (select from pricing.promotion_use u where u.promotion_id = wanted.id and u.order_id = p_order and u.given_back_at is null)
     order by wanted.id
  loop
    if v_code.code is null then
      perform pricing.use_promotion(v_code.id, p_order, p_record, p_records, v_code.amount, p_enforce);
      continue;
    end if;
    if p_enforce and v_code.maximum_uses_per_customer is not null and v_code.maximum_uses_per_customer <= (
      select count(*) from pricing.code_use u where u.code_id = v_code.id and u.record_id = any (p_records) and u.given_back_at is null
    ) then
      raise exception 'this code is used up' using errcode = 'WF010', detail = v_code.code;
    end if;
    v_slot := null;
    if v_code.maximum_uses is not null then
      v_slot := pricing.take_code_use(v_code.id);
      if p_enforce and v_slot is null then
        raise exception 'this code is used up' using errcode = 'WF010', detail = v_code.code;
      end if;
    end if;
    insert into pricing.code_use (code_id, order_id, record_id, amount, slot) values (v_code.id, p_order, p_record, v_code.amount, v_slot)
    on conflict (code_id, order_id) do update set given_back_at = null, amount = excluded.amount, slot = excluded.slot;
  end loop;
end $$;

-- Gives the uses of an order back, once, when it was canceled or all of it was returned: those of codes and those of promotions.
create function pricing.give_back_codes(p_order uuid) returns void language plpgsql as $$
declare v_use record;
begin
  with given as (
    update pricing.code_use set given_back_at = now() where order_id = p_order and given_back_at is null returning code_id, slot
  )
  update pricing.code_budget b set used = b.used - 1 from given where b.code_id = given.code_id and b.slot = given.slot;
  for v_use in
    update pricing.promotion_use set given_back_at = now() where order_id = p_order and given_back_at is null
    returning promotion_id, record_id, amount, is_counted
  loop
    delete from pricing.customer_group where record_id = v_use.record_id and customer_group = 'used:' || v_use.promotion_id;
    if v_use.is_counted then
      update pricing.promotion_budget set used = used - 1, spent = spent - v_use.amount where promotion_id = v_use.promotion_id;
      if not pricing.is_spent(v_use.promotion_id) then perform pricing.set_used_up(v_use.promotion_id, false); end if;
    end if;
  end loop;
end $$;

-- Of these codes (their texts) those that are used up, in all or by the customer whose records are given. For showing only: a completion
-- counts under lock [PRC-12]. For the statement that reads a cart.
create function pricing.used_up_codes(p_codes text[], p_records uuid[]) returns text[] language sql stable as $$
  select coalesce(array_agg(c.code order by c.code), '{}') from pricing.code c
   where c.code = any (p_codes)
     and ((c.maximum_uses is not null and not exists (select from pricing.code_budget b where b.code_id = c.id and b.used < b.maximum))
       or c.maximum_uses_per_customer <= (
            select count(*) from pricing.code_use u
             where u.code_id = c.id and u.record_id = any (p_records) and u.given_back_at is null))
$$;
