-- A sale's tenders in two statements instead of four. Locks: none, a function is replaced.

-- As before.
create or replace function payments.record(p_order uuid, p_tenders json, p_approved json) returns void
language plpgsql as $$
begin
  if p_approved is not null then
    with approved as (
      select * from json_to_recordset(p_approved) as a(id uuid, cart_id uuid, event_id uuid, provider text, provider_event_id text, provider_ref text,
        currency text, amount bigint, at timestamptz)
    ), intents as (
      insert into payments.intent (id, cart_id, order_id, provider, currency, amount, state, provider_ref, created_at, updated_at)
      select id, cart_id, p_order, provider, currency, amount, 'captured', provider_ref, at, at from approved
    )
    insert into payments.payment_event (id, intent_id, provider, provider_event_id, kind, amount, at)
    select event_id, id, provider, provider_event_id, 'captured', amount, at from approved;
  end if;
  insert into payments.tender (id, order_id, intent_id, kind, state, currency, amount, received, change, at,
                               entity_id, place_id, channel_id, business_date, time_zone)
  select id, p_order, intent_id, kind, state, currency, amount, received, change, at, entity_id, place_id, channel_id, business_date, time_zone
  from json_to_recordset(p_tenders) as t(id uuid, intent_id uuid, kind text, state text, currency text, amount bigint, received bigint,
    change bigint, at timestamptz, entity_id uuid, place_id uuid, channel_id uuid, business_date date, time_zone text);
  -- Each intent that was approved just now has its tender; with more tenders than that, one may pay by an intent that was opened before.
  if json_array_length(p_tenders) > coalesce(json_array_length(p_approved), 0) then
    update payments.intent set order_id = p_order
    where order_id is null
      and id in (select intent_id from json_to_recordset(p_tenders) as t(intent_id uuid) where intent_id is not null);
  end if;
end $$;
