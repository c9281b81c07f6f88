-- How each register stands: its open shift, the last one that was closed, when it was heard and what it still had to send. Without training.
-- Locks: none, only a view is new.
create view till.read_register as
  select r.id, r.place_id, r.name, r.last_seen_at, r.unsent,
         o.opened_at, o.opened_by_name, o.business_date as open_since_date,
         c.closed_at, c.difference, c.currency
    from till.register r
    left join till.shift o on o.register_id = r.id and o.closed_at is null
    left join lateral (select s.closed_at, s.difference, s.currency from till.shift s
                        where s.register_id = r.id and s.closed_at is not null order by s.opened_at desc limit 1) c on true
   where r.retired_at is null and not r.training;
comment on view till.read_register is 'not null: id, place_id, name, unsent';
