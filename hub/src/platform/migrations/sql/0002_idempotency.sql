-- One row per command that came with an Idempotency-Key: inserted first, in the command's own transaction, so that a
-- retry finds either nothing, or the stored answer, or waits for the one that runs. Locks: none that matter, the table is new.
-- No rule rests on it alone: every movement has its domain key, which does not expire after seven days as this does.
create table platform.idempotency_key (
  credential    text not null,
  route         text not null,
  key           text not null,
  request_hash  bytea not null,
  status        smallint,                                   -- null while the command runs
  response      text,
  record_id     uuid,                                       -- whose data the answer holds: erasure empties it
  resume_after  timestamptz,                                -- a command with an outside call may be continued after this
  created_at    timestamptz not null default now(),
  primary key (credential, route, key)
) with (fillfactor = 70);
create index idempotency_key_age on platform.idempotency_key (created_at);
-- None of whose it is: the answer under a key is written into the page where its key stands, and no index is written anew for it. Erasure, which
-- alone asks for that, reads the seven days.

-- Claims a key, or tells what is stored under it. `now` is the transaction's clock, so a command needs no statement for it; a key that is
-- new answers without a second one.
create function platform.claim_key(p_credential text, p_route text, p_key text, p_hash bytea)
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
