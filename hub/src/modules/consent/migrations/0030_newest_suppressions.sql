-- The office lists what is left alone, the newest first. Locks: the suppressions while a small index is built.
create index suppression_newest on consent.suppression (at desc, id desc);
