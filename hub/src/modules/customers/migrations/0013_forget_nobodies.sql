-- Records where nobody is known and nobody was ever linked: visitors and anonymous carts. Locks: none, only a view is made.
create view customers.read_nobody as
  select r.id as record_id, r.created_at from customers.source_record r
   where r.state = 'provisional'
     and not exists (select from customers.link l where l.a_record = r.id)
     and not exists (select from customers.link l where l.b_record = r.id);
comment on view customers.read_nobody is 'not null: record_id, created_at';
