-- Whose choices stand against being contacted, for the dry run of a switch of a link level. Locks: none, only a view is made.
create view consent.read_opt_out as
  select record_id from consent.event where state = 'withdrawn'
  union
  select record_id from consent.preference where kind in ('pausedUntil', 'quietHours') and value is not null;
comment on view consent.read_opt_out is 'not null: record_id';
