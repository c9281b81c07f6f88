-- The work that places have taken on and not done yet, so that what is promised next comes behind it [PRM-31]. Kept from events, a moment late:
-- only orders with goods that are made, wanted as soon as possible, are here. Locks: none that matter, the table is new.
create table promises.queue_item (
  fulfillment_id  uuid primary key,
  place_id        uuid not null,
  work_seconds    integer not null check (work_seconds > 0),
  since           timestamptz not null
);
create index queue_item_since on promises.queue_item (since);
