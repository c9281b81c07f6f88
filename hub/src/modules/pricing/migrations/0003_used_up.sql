-- Says which codes of a cart may not be used again, in the statement that reads the cart. Locks: none, only a function is made.

-- Of these codes (their texts) those that are used up, in all or by the customer whose records are given. For showing only: a completion
-- counts under lock [PRC-12].
create function pricing.used_up_codes(p_codes text[], p_records uuid[]) returns text[] language sql stable as $$
  select coalesce(array_agg(c.code order by c.code), '{}') from pricing.code c
   where c.code = any (p_codes)
     and ((c.maximum_uses is not null and not exists (select from pricing.code_budget b where b.code_id = c.id and b.used < b.maximum))
       or c.maximum_uses_per_customer <= (
            select count(*) from pricing.code_use u
             where u.code_id = c.id and u.record_id = any (p_records) and u.given_back_at is null))
$$;
