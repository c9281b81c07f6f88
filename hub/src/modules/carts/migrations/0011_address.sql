-- Where a cart is to be shipped. It lies in this one column: the operations are kept without it, so that it is forgotten in one place.
-- Locks: the table for an instant, nothing is rewritten.
alter table carts.cart add column address jsonb;       -- { name, line1, line2, postcode, city, country }
