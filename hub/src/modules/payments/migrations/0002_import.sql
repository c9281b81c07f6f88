-- Money that was paid before the hub was there. Locks: none, only a function is made.
create function payments.import(p_tenders json) returns void language sql as $$
  insert into payments.tender (id, order_id, kind, state, currency, amount, at, entity_id, place_id, channel_id, business_date, time_zone)
  select id, order_id, 'imported', 'captured', currency, amount, at, entity_id, place_id, channel_id, business_date, time_zone
    from json_to_recordset(p_tenders) as t (id uuid, order_id uuid, currency text, amount bigint, at timestamptz, entity_id uuid, place_id uuid, channel_id uuid, business_date date, time_zone text)
$$;
