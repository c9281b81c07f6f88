-- Whether a customer has a card at all. Locks: none, only a function is made.
create function loyalty.is_member(p_record uuid) returns boolean language sql stable as $$
  select exists (select from loyalty.membership where record_id in (select customers.records_of(p_record)))
$$;
