-- Orders that a company owes, and cards that have agreed and were not charged yet: neither shows as paid [ORD-3]. And the invoice of a month over
-- the orders of a company. Locks: orders.orders is written anew, because its payment axis is computed; orders.document for a moment.
alter table orders.orders
  add column on_account bigint not null default 0 check (on_account >= 0),   -- of `paid`: what its company owes
  add column authorized bigint not null default 0 check (authorized >= 0);   -- what cards have agreed to, beside `paid`
alter table orders.orders alter column payment_state set expression as (case
  when refunded > 0 and refunded >= paid and authorized = 0 then 'refunded'
  when on_account > 0 then 'on_account'
  when paid - refunded >= case when units_canceled >= units_ordered then total else total - canceled_amount - returned_amount end then 'paid'
  when authorized > 0 then 'authorized'
  when paid - refunded > 0 then 'partly_paid'
  when due > 0 then 'due_at_collection'
  else 'unpaid' end);

create or replace view orders.read_state as
  select o.id, o.number, o.record_id, o.place_id, o.channel_id, o.cart_id, o.currency, o.total, o.paid, o.due, o.refunded, o.points_earned,
         o.business_date, o.state, o.payment_state, o.fulfillment_state, contact.name as contact_name, o.canceled_amount, o.units_canceled, o.units_ordered,
         o.returned_amount, o.units_returned, o.on_account, o.authorized
  from orders.orders o left join orders.contact on contact.order_id = o.id;

-- As before, with what a company owes and what cards have agreed to.
create function orders.set_paid(p_order uuid, p_paid bigint, p_due bigint, p_refunded bigint, p_on_account bigint, p_authorized bigint) returns void
language sql as $$
  update orders.orders set paid = p_paid, due = p_due, refunded = p_refunded, on_account = p_on_account, authorized = p_authorized, version = version + 1
   where id = p_order
$$;

-- Orders that are on the invoice of their month [DOC-11]; `document_id` when it is written.
create table orders.account_order (
  order_id     uuid primary key references orders.orders,
  company_id   uuid not null,
  document_id  uuid references orders.document
);
create index account_order_open on orders.account_order (company_id) where document_id is null;
create index account_order_of_document on orders.account_order (document_id) where document_id is not null;

-- An invoice over a month names no single order, but the company and the month.
alter table orders.document
  alter column order_id drop not null,
  add column company_id uuid,
  add column month date check (extract(day from month) = 1),
  add column pay_by date,
  add constraint "DOC-11 of an order, or of a company and a month" check (num_nonnulls(company_id, month, pay_by) = case when order_id is null then 3 else 0 end);
create unique index document_of_month on orders.document (company_id, cause) where company_id is not null;
create index document_of_company on orders.document (company_id, issued_at desc) where company_id is not null;
create index document_reverses on orders.document (reverses) where reverses is not null;

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
