-- What a return was exchanged for: the order that went out in the same act. Locks: returns.return_order for a moment.
alter table returns.return_order add column exchange_order_id uuid;
create unique index return_exchanged_for on returns.return_order (exchange_order_id) where exchange_order_id is not null;
