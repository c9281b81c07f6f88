-- What editing the catalog needs besides. Locks: none that matter, the table is new.

-- Where a channel differs from "every channel sells it" [CAT-10].
create table catalog.channel_exclusion (
  product_id  uuid not null references catalog.product,
  channel_id  uuid not null,
  primary key (product_id, channel_id)
);
