-- How long a check of the invariants took, so that the next one waits accordingly. Locks: a moment's, the table is small.
alter table platform.invariant_check add column took_ms integer not null default 0 check (took_ms >= 0);
alter table platform.invariant_check alter column took_ms drop default;
