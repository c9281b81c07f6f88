-- The customer is reminded once before what waits for them does not any more. Locks: the fulfillments, for the moment of a new column.
alter table fulfillment.fulfillment add column reminded boolean not null default false;   -- [FUL-12]
create index fulfillment_to_remind on fulfillment.fulfillment (collect_until) where state = 'ready' and not reminded;
