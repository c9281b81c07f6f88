-- A change of a cart stays in its page: an index by pages takes nothing from that, while one by rows had each change of a cart written into all
-- indexes anew. Locks: carts are not written while the index is made, some milliseconds for a hundred thousand.
drop index carts.cart_unfinished_age;
create index cart_unfinished_age on carts.cart using brin (updated_at) with (autosummarize = on) where state <> 'completed';
