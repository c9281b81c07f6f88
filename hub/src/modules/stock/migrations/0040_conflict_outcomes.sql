-- Staff may also give a line of an order to another place, or cancel that line alone. Locks: the table of conflicts while a check is replaced.
alter table stock.conflict drop constraint conflict_outcome_check;
alter table stock.conflict add constraint conflict_outcome_check check (outcome in ('canceled_order', 'canceled_line', 'other_place', 'wait'));
