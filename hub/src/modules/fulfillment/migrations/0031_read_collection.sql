-- What waits for its customer with a code, and what came of it: for the day of a store, also of a chain of them. Locks: the fulfillments
-- and their steps while two small indexes are built; both hold only what waits with a code or was made ready, so a sale at the till pays nothing.
create index fulfillment_fetched on fulfillment.fulfillment (place_id, done_at) where code_mac is not null and done_at is not null;
create index step_made_ready on fulfillment.step (place_id, at) where state = 'ready';

create view fulfillment.read_collection as
  select id, order_id, order_number, kind, state, record_id, entity_id, place_id, channel_id, due_at, promised_at, collect_until, placed_at, done_at
    from fulfillment.fulfillment where code_mac is not null;
comment on view fulfillment.read_collection is 'not null: id, order_id, order_number, kind, state, entity_id, place_id, channel_id, placed_at';

-- When a place said that something is ready; said again after it was taken up again.
create view fulfillment.read_made_ready as
  select s.place_id, s.at, f.id as fulfillment_id, f.order_id, f.channel_id
    from fulfillment.step s join fulfillment.fulfillment f on f.id = s.fulfillment_id where s.state = 'ready';
comment on view fulfillment.read_made_ready is 'not null: place_id, at, fulfillment_id, order_id, channel_id';
