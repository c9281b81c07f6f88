-- Who fetches an order instead of its customer. Locks: none that matter, the table is new.

-- Seven digits where a collection code has six, so that the two never open the same thing [FUL-2]. The code ends with the hand-over; the name
-- stays as its proof, until its time is over or its customer is erased.
create table fulfillment.collector (
  fulfillment_id  uuid primary key references fulfillment.fulfillment,
  place_id        uuid not null,
  record_id       uuid,                      -- of the customer who named them
  name            text,                      -- null: forgotten
  code_mac        bytea,                     -- keyed hash of their code; null: they have none, or it has ended
  code_sealed     text,                      -- the code itself, sealed, to be shown to the customer only
  named_at        timestamptz not null,
  collected_at    timestamptz                -- when they took the goods; null: they did not
);
create unique index collector_code on fulfillment.collector (place_id, code_mac) where code_mac is not null;
create index collector_of_record on fulfillment.collector (record_id) where record_id is not null and name is not null;
