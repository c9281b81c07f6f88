-- What modules above read of touchpoints. Locks: none, only a view and a function are made.

-- What somebody did or was shown, without what a client sent along. `is_history` tells apart what the hub was told of the time before it:
-- written later than it happened, and by no event client [TCH-16]. What somebody was shown then, nobody recorded.
create view touchpoints.read_touch as
  select record_id, occurred_at, id, channel_id, place_id, kind, name, coalesce(customer_id_then, record_id) as customer_id_then, journey_ref, shown,
         message_id is null and original_at is null and received_at > occurred_at as is_history
    from touchpoints.touchpoint;
comment on view touchpoints.read_touch is 'not null: record_id, occurred_at, id, kind, customer_id_then, is_history';

-- Whose touchpoints a stretch of the log holds, and from when on. Who was linked or parted in it is in it from the beginning of time.
create function touchpoints.people_in(p_after bigint, p_up_to bigint) returns table (record_id uuid, since timestamptz) language sql stable as $$
  with stretch as (
    select t.record_id, t.occurred_at, t.kind, t.payload from touchpoints.intake_batch b
     cross join lateral (
       select record_id, occurred_at, kind, payload from touchpoints.touchpoint
        where batch = b.batch and occurred_at between b.first_at and b.last_at offset 0) t
     where b.intake_seq > p_after and b.intake_seq <= p_up_to
  )
  select record_id, min(occurred_at) from stretch where kind not in ('linked', 'unlinked') group by record_id
  union all
  select distinct member::uuid, '-infinity'::timestamptz from stretch, jsonb_array_elements_text(payload -> 'recordIds') as member
   where kind in ('linked', 'unlinked')
$$;
