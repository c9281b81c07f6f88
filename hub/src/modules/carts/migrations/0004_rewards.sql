-- Rewards that were asked for: what they take off is priced, what they cost is burned by the completion. They lie on the cart and travel
-- with it. Locks: the table for an instant, nothing is rewritten.
alter table carts.cart add column rewards uuid[] not null default '{}';
