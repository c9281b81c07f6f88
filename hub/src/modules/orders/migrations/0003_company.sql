-- For which company an order was placed, as a document must keep it: what it is called and where it is may change later. Locks: none, the
-- table is new. A table of its own, so that an order of nobody's company costs nothing.
create table orders.order_company (
  order_id    uuid primary key references orders.orders,
  company_id  uuid not null,
  name        text not null,
  vat_number  text,
  country     text not null,
  address     jsonb                                    -- { line1, line2, postcode, city }
);
create index order_company_company on orders.order_company (company_id);
