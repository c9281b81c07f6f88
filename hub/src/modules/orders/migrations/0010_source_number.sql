-- An imported order is found by what its source called it, or the beginning of that. Locks: orders for writing while the index is built.
create index orders_source_number on orders.orders (external_id) where external_id is not null;
