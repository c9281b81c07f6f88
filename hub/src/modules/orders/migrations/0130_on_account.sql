-- Orders that a company owes, and the invoice of a month over them. Locks: none that matter, the tables are new.

-- Orders that are on the invoice of their month [DOC-11]; `document_id` when it is written.
create table orders.account_order (
  order_id     uuid primary key references orders.orders,
  company_id   uuid not null,
  document_id  uuid references orders.document
);
create index account_order_open on orders.account_order (company_id) where document_id is null;
create index account_order_of_document on orders.account_order (document_id) where document_id is not null;

-- What was paid on an invoice of a month, as staff booked it.
create table orders.invoice_payment (
  id           uuid primary key,
  document_id  uuid not null references orders.document,
  company_id   uuid not null,
  currency     text not null,
  amount       bigint not null check (amount > 0),
  paid_on      date not null,
  reference    text,
  staff_id     uuid,
  at           timestamptz not null,
  undone_at    timestamptz,
  undone_by    uuid
);
create index invoice_payment_of_document on orders.invoice_payment (document_id);
create index invoice_payment_of_company on orders.invoice_payment (company_id, at desc);

-- Says that a company owes this order, as it is placed.
create function orders.put_on_account(p_order uuid, p_company uuid, p_amount bigint) returns void language plpgsql as $$
begin
  insert into orders.account_order (order_id, company_id) values (p_order, p_company) on conflict do nothing;
  update orders.orders set on_account = on_account + p_amount where id = p_order;
end $$;
