-- Carts that became no order are forgotten by age. Locks: the table of carts while the index is made; it replaces one, so that no write costs more.
create index cart_unfinished_age on carts.cart (updated_at) where state <> 'completed';
drop index carts.cart_open_age;
