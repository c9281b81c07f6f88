-- Payments that wait for a person are tasks of those who serve: a card whose agreement ends, and goods that left and whose card could not be charged.
-- Locks: the tasks, while a check and a view are replaced.
alter table tasks.task drop constraint task_kind_check;
alter table tasks.task add constraint task_kind_check check (kind in
  ('stock_conflict', 'collection_overdue', 'refund_unknown', 'payment_open', 'quarantine', 'dead_letter', 'terms_contested', 'access_objected', 'privacy_request'));

-- Everything that asks for a person now, from what its owners publish.
create or replace view tasks.cause as
  select 'stock_conflict' as kind, 'conflict/' || id as cause_key, 'store' as team, place_id,
         jsonb_build_object('kind', 'conflict', 'id', id, 'variantId', variant_id, 'missing', missing) as reference, at + interval '2 hours' as due_at
    from stock.read_conflict where resolved_at is null
  union all
  select 'collection_overdue', 'fulfillment/' || id, 'store', place_id,
         jsonb_build_object('kind', 'order', 'id', order_id, 'number', order_number), ready_at + interval '48 hours'
    from fulfillment.read_overdue
  union all
  select 'refund_unknown', 'refund/' || r.id, 'service', r.place_id,
         jsonb_build_object('kind', 'order', 'id', r.order_id, 'number', o.number), r.at + interval '1 day'
    from payments.read_unknown_refund r join orders.read_state o on o.id = r.order_id
  union all
  select 'payment_open', 'payment/' || p.id, 'service', o.place_id, jsonb_build_object('kind', 'order', 'id', p.order_id, 'number', o.number), p.due_at
    from payments.read_open_payment p join orders.read_state o on o.id = p.order_id
  union all
  select 'quarantine', 'quarantine/' || kind || '/' || coalesce(channel_id::text, ''), 'operations', null,
         jsonb_build_object('kind', 'quarantine', 'id', kind), since + interval '1 day'
    from touchpoints.read_waiting
  union all
  select 'dead_letter', 'subscriber/' || subscriber, 'operations', null,
         jsonb_build_object('kind', 'dead_letter', 'id', subscriber), since + interval '4 hours'
    from platform.read_waiting_letter
  union all
  select 'privacy_request', 'request/' || request_id, 'privacy', null, jsonb_build_object('kind', 'privacy_request', 'id', request_id), due_at
    from privacy.read_open_request
  union all
  select kind, cause_key, team, null, reference, at + interval '3 days' from tasks.noted;
