-- The company that a cart is bought for. Locks: carts.cart for a moment, the column has no value yet. Whether its customer may order for it is
-- asked anew with every reading, so nothing here has to be told when somebody leaves a company [CRT-16].
alter table carts.cart add column company_id uuid;
