-- Invoices and credit notes: numbered without gaps, frozen when they are numbered, drawn when somebody asks. Locks: none that matter, the
-- tables are new.

-- What of an order is owed no more, line by line, as it was decided when units were canceled or came back: a credit note says exactly this.
create table orders.reduction (
  order_id     uuid not null references orders.orders,
  source       text not null,                        -- what it was for: one per cause, however often that is told
  kind         text not null check (kind in ('canceled', 'returned')),
  place_id     uuid,
  at           timestamptz not null,
  lines        jsonb not null,                       -- [{ orderLineId, quantity, total, tax }]
  total        bigint not null check (total > 0),
  document_id  uuid,                                 -- the invoice that leaves it out already, or the credit note
  change_id    uuid,                                 -- whose lines were given up, null: the order's as it was placed; a credit note names their invoice
  primary key (order_id, source)
);
create index reduction_open on orders.reduction (order_id) where document_id is null;

-- The last number of each series [DOC-1]. Its row is the lock under which numbers are given.
create table orders.number_series (
  entity_id  uuid not null,
  country    text not null check (country ~ '^[A-Z]{2}$'),
  kind       text not null check (kind in ('invoice', 'credit_note')),
  year       integer not null,
  last       integer not null check (last > 0),
  primary key (entity_id, country, kind, year)
);

create table orders.document (
  id             uuid primary key,
  order_id       uuid references orders.orders,       -- null: the invoice of a month over the orders of a company
  company_id     uuid,
  month          date check (extract(day from month) = 1),
  pay_by         date,
  kind           text not null check (kind in ('invoice', 'credit_note')),
  cause          text not null,                      -- 'order', or the source of the reduction
  entity_id      uuid not null,
  place_id       uuid,
  channel_id     uuid not null,
  business_date  date not null,                      -- on which it was issued, by the entity's clock
  time_zone      text not null,
  country        text not null,
  year           integer not null,
  sequence       integer not null check (sequence > 0),
  number         text not null,
  issued_at      timestamptz not null,
  log_position   bigint not null,                    -- of the fact for which it was given
  reverses       uuid references orders.document,
  language       text not null check (language in ('en', 'fr', 'de', 'ca')),
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  total          bigint not null check (total > 0),
  tax            bigint not null check (tax >= 0),
  data           jsonb not null,                     -- all that is printed, but the name of a person
  constraint "DOC-1 a number is given once" unique (entity_id, country, kind, year, sequence),
  constraint "DOC-2 one document per cause" unique (order_id, kind, cause),
  constraint "DOC-3 a credit note names its invoice" check ((kind = 'credit_note') = (reverses is not null)),
  constraint "DOC-11 of an order, or of a company and a month" check (num_nonnulls(company_id, month, pay_by) = case when order_id is null then 3 else 0 end)
);
create unique index document_number on orders.document (entity_id, number);
create unique index document_of_month on orders.document (company_id, cause) where company_id is not null;
create index document_of_company on orders.document (company_id, issued_at desc) where company_id is not null;
create index document_reverses on orders.document (reverses) where reverses is not null;

-- What a private buyer is called on a document. Beside it, because this goes at an erasure, and the document stays.
create table orders.document_buyer (
  document_id  uuid primary key references orders.document,
  record_id    uuid,
  name         text not null
);
create index document_buyer_record on orders.document_buyer (record_id) where record_id is not null;

-- A document never changes, and a number that was given is never taken back [DOC-1].
create function orders.refuse_document_change() returns trigger language plpgsql as $$
begin
  raise exception 'a document is never changed [DOC-1]';
end $$;
create trigger document_stays before update or delete on orders.document for each row execute function orders.refuse_document_change();
