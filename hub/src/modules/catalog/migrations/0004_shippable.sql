-- Whether goods may travel in a parcel: a mug may, a croissant may not. Locks: the products for an instant, nothing is rewritten.
alter table catalog.product add column is_shippable boolean not null default false;
