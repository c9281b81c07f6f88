-- What rights are decided by: all records of a person, whatever the link level, and the addresses they gave. Locks: none, only a function
-- and a view are made.

-- Every record of the person whom a record belongs to, itself included. For rights only: withdrawal, suppression, erasure, export.
create function customers.person_records_of(p_record uuid) returns setof uuid language sql stable rows 4 as $$
  select p_record
  union
  select other.record_id
    from customers.record_person mine join customers.record_person other on other.person_id = mine.person_id
   where mine.record_id = p_record
$$;

-- The addresses that records gave, verified or not.
create view customers.read_contact as
  select record_id, kind, address, verified_at from customers.contact_point where state <> 'withdrawn';
comment on view customers.read_contact is 'not null: record_id, kind, address';

-- Who was erased, for what others must not have kept.
create view customers.read_erased as select record_id from customers.erased_record;
comment on view customers.read_erased is 'not null: record_id';
