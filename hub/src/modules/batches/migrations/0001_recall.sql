-- What is called back: batches, serial numbers, or all of a product. Locks: none that matter, the table is new.
create table batches.recall (
  id            uuid primary key,
  product_id    uuid not null,
  variant_id    uuid,                                    -- null: all variants
  batches       text[] not null default '{}',
  serials       text[] not null default '{}',
  reason        jsonb not null,                          -- why, in the languages of the staff
  advice        jsonb,                                   -- what buyers are told to do
  sold_from     date,                                    -- only what was sold from this business date on is meant
  announced_at  timestamptz not null,
  announced_by  uuid,
  telling_since timestamptz,                             -- since when its buyers are written to
  lifted_at     timestamptz,
  lifted_by     uuid,
  -- A recall of everything looks through all orders: it says since when.
  constraint "BAT-2 everything is called back since a day" check (cardinality(batches) + cardinality(serials) > 0 or sold_from is not null)
);
create index recall_newest on batches.recall (announced_at desc, id desc);

-- Recalls that stand, for what stores are asked to do.
create view batches.read_standing as
  select id, product_id, variant_id, announced_at, telling_since from batches.recall where lifted_at is null;
