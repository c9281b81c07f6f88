-- What others read of fulfillments. Locks: none, only views are made.

-- What a place still has to hand over.
create view fulfillment.read_waiting as
  select id, order_id, order_number, kind, state, record_id, place_id, placed_at from fulfillment.fulfillment where done_at is null;

-- What waits for goods that should be there by now [FUL-53].
create view fulfillment.read_goods_late as
  select id, order_id, order_number, place_id, awaits_on, (awaits_on + 1)::timestamp at time zone time_zone as since
    from fulfillment.fulfillment where awaits_on is not null and done_at is null and awaits_on < (now() at time zone time_zone)::date;
comment on view fulfillment.read_goods_late is 'not null: id, order_id, order_number, place_id, awaits_on, since';

-- What its place has not made and will make late, because no slot has room for it [PRM-17].
create view fulfillment.read_delayed as
  select id, order_id, order_number, place_id, promised_at, delayed_at from fulfillment.fulfillment
   where delayed_at is not null and state in ('planned', 'assigned', 'accepted', 'in_preparation');
comment on view fulfillment.read_delayed is 'not null: id, order_id, order_number, place_id, promised_at, delayed_at';

-- What waits for its customer with a code, and what came of it: for the day of a store, also of a chain of them.
create view fulfillment.read_collection as
  select id, order_id, order_number, kind, state, record_id, entity_id, place_id, channel_id, due_at, promised_at, awaits_on, collect_until, placed_at, done_at
    from fulfillment.fulfillment where code_mac is not null;
comment on view fulfillment.read_collection is 'not null: id, order_id, order_number, kind, state, entity_id, place_id, channel_id, placed_at';

-- When a place said that something is ready; said again after it was taken up again.
create view fulfillment.read_made_ready as
  select s.place_id, s.at, f.id as fulfillment_id, f.order_id, f.channel_id
    from fulfillment.step s join fulfillment.fulfillment f on f.id = s.fulfillment_id where s.state = 'ready';
comment on view fulfillment.read_made_ready is 'not null: place_id, at, fulfillment_id, order_id, channel_id';

-- Collections that nobody fetched within the time that their place gives [FUL-9].
create view fulfillment.read_overdue as
  select f.id, f.order_id, f.order_number, f.record_id, f.place_id,
         coalesce((select max(s.at) from fulfillment.step s where s.fulfillment_id = f.id and s.state = 'ready'), f.placed_at) as ready_at
    from fulfillment.fulfillment f
   where f.kind = 'collect' and f.state = 'ready' and f.done_at is null and f.collect_until <= now();
comment on view fulfillment.read_overdue is 'not null: id, order_id, order_number, place_id, ready_at';

-- What is being shipped, for whoever looks after promises.
create view fulfillment.read_shipment as
  select f.id, f.order_id, f.order_number, f.state, f.record_id, f.entity_id, f.place_id, f.channel_id, s.ship_by, f.promised_at, f.awaits_on, f.placed_at, f.done_at
    from fulfillment.fulfillment f join fulfillment.shipment s on s.fulfillment_id = f.id;
comment on view fulfillment.read_shipment is 'not null: id, order_id, order_number, state, entity_id, place_id, channel_id, placed_at';
