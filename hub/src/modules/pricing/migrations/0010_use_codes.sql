-- Spending codes without planning the same statement for every order anew. Locks: none, only functions are made.

-- Whether any of these codes may be used so and so often by one customer: only then its uses are counted, under the customer's lock.
create function pricing.has_customer_limit(p_codes uuid[]) returns boolean language sql stable as $$
  select exists (select from pricing.code where id = any (p_codes) and maximum_uses_per_customer is not null)
$$;

-- As before; `p_records` are needed where `has_customer_limit` says so.
create or replace function pricing.use_codes(p_order uuid, p_record uuid, p_records uuid[], p_codes uuid[], p_amounts bigint[], p_enforce boolean)
returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  v_code record;
  v_slot smallint;
begin
  for v_code in
    select c.id, c.code, c.maximum_uses, c.maximum_uses_per_customer, wanted.amount
      from unnest(p_codes, p_amounts) as wanted (id, amount) join pricing.code c on c.id = wanted.id
     where not exists (select from pricing.code_use u where u.code_id = c.id and u.order_id = p_order and u.given_back_at is null)
     order by c.id
  loop
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
