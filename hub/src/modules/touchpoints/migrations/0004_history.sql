-- Tells apart what the hub was told of the time before it: written later than it happened, and by no event client [TCH-16]. What somebody
-- was shown then, nobody recorded. Locks: none, only a view is made again.
create or replace view touchpoints.read_touch as
  select record_id, occurred_at, id, channel_id, place_id, kind, name, coalesce(customer_id_then, record_id) as customer_id_then, journey_ref, shown,
         message_id is null and original_at is null and received_at > occurred_at as is_history
    from touchpoints.touchpoint;
comment on view touchpoints.read_touch is 'not null: record_id, occurred_at, id, kind, customer_id_then, is_history';
