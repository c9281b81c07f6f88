-- The people of a company for who stands above: a cart that is bought for it is told when it changes. Locks: none, only a function is made.

-- The records by which somebody belongs to a company, whether they may order or not.
create function companies.people_of(p_company uuid) returns setof uuid language sql stable as $$
  select m.record_id from companies.membership m where m.company_id = p_company and m.state <> 'ended'
$$;
