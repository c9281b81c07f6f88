-- What a variant is made of: the mug and the bag of a gift box, the beans and the milk of a cup. It is counted by its parts, which are
-- counted themselves and have no parts. Locks: none that matter, the table is new.
create table catalog.bundle_component (
  variant_id    uuid not null references catalog.variant,
  component_id  uuid not null references catalog.variant,
  quantity      integer not null check (quantity > 0),                 -- of the part, in its unit, for one of the whole
  primary key (variant_id, component_id),
  constraint "CAT-11 nothing is a part of itself" check (variant_id <> component_id)
);
create index bundle_component_in on catalog.bundle_component (component_id);
