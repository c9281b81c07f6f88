-- A completion takes the lock of a customer's codes only where one of the codes is limited per customer, and plans the statements of all the
-- modules that it calls once per connection: PostgreSQL chose to plan those with arrays anew for every order. Locks: none, functions change.

-- Codes with a limit per customer are counted over all linked records: one completion of a customer with such codes at a time. Internal.
create or replace function checkout.use_codes(p_order uuid, p_record uuid, p_code_ids uuid[], p_amounts bigint[], p_enforce boolean) returns void
language plpgsql as $$
declare v_records uuid[];
begin
  if pricing.has_customer_limit(p_code_ids) then
    v_records := array(select customers.records_of(p_record));
    perform pg_advisory_xact_lock(hashtextextended('codes ' || (select min(r::text) from unnest(v_records) as r), 0));
  end if;
  perform pricing.use_codes(p_order, p_record, v_records, p_code_ids, p_amounts, p_enforce);
end $$;

do $$
declare v_function regprocedure := (select oid from pg_proc where pronamespace = 'checkout'::regnamespace and proname = 'complete');
begin
  execute format('alter function %s set plan_cache_mode = force_generic_plan', v_function);
end $$;
