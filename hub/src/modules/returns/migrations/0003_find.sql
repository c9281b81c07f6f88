-- A return is found by what its source called it, and listed newest first. Locks: returns for writing while the indexes are built.
create index return_source_number on returns.return_order (external_id) where external_id is not null;
create index return_newest on returns.return_order (at desc, id desc);
