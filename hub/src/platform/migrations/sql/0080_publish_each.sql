-- Several facts of one kind in one statement, and a key claimed by one. Locks: none, only functions are made.

-- As `publish`, for several subjects: one insert instead of a call and an insert for each.
create function platform.publish_each(type text, subjects text[], datas jsonb[]) returns void
  language plpgsql as $$
begin
  insert into platform.outbox (id, type, subject, data, trace)
  select uuidv7(), publish_each.type, fact.subject, fact.data, nullif(current_setting('weft.trace', true), '')
    from unnest(subjects, datas) as fact (subject, data);
end $$;

-- As before; a key that is new answers without a second statement.
create or replace function platform.claim_key(p_credential text, p_route text, p_key text, p_hash bytea)
returns table (now timestamptz, claimed boolean, same_request boolean, status smallint, response text, resume_after timestamptz)
language plpgsql as $$
begin
  insert into platform.idempotency_key (credential, route, key, request_hash)
  values (p_credential, p_route, p_key, p_hash) on conflict do nothing;
  if found then
    now := pg_catalog.now();
    claimed := true;
    same_request := true;
    return next;
  else
    return query select pg_catalog.now(), false, k.request_hash = p_hash, k.status, k.response, k.resume_after
      from platform.idempotency_key k where k.credential = p_credential and k.route = p_route and k.key = p_key;
  end if;
end $$;
