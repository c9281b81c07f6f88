-- For whom an invoice was asked of a sale that has the receipt of its register [DOC-15]: once per order. The one who gives numbers reads it, and what a
-- person is called and where they live goes from here at an erasure. Locks: none that matter, the table is new.
create table orders.asked_invoice (
  order_id        uuid primary key references orders.orders,
  name            text,
  address         jsonb,                     -- { line1, line2, postcode, city, country }
  vat_number      text,                      -- of a business, which the law wants to be named for good
  language        text not null check (language in ('en', 'fr', 'de', 'ca')),
  receipt_number  text,                      -- of the register: the invoice says which sale it is for
  asked_at        timestamptz not null,
  asked_by        uuid,                      -- the member of staff, null: who bought it
  channel_id      uuid,
  place_id        uuid
);

-- Where a private buyer lives, beside what they are called; it goes with that.
alter table orders.document_buyer add column address jsonb;
