-- Collections that nobody fetched, for whoever must look after them. Locks: none, only a view is made.
-- A day after it was ready: coffee and cake do not keep longer.
create view fulfillment.read_overdue as
  select f.id, f.order_id, f.order_number, f.record_id, f.place_id, ready.at as ready_at
    from fulfillment.fulfillment f
   cross join lateral (select max(s.at) as at from fulfillment.step s where s.fulfillment_id = f.id and s.state = 'ready') as ready
   where f.kind = 'collect' and f.state = 'ready' and f.done_at is null and ready.at < now() - interval '24 hours';
comment on view fulfillment.read_overdue is 'not null: id, order_id, order_number, place_id, ready_at';
