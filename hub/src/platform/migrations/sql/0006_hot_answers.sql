-- The answer under a key is written into the page where its key stands: without an index of whose it is, none is written anew for it. Erasure,
-- which alone asks for that, reads the seven days. Locks: the table of keys, a moment.
drop index platform.idempotency_key_record;
