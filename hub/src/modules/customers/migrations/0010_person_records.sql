-- What rights are decided by: all records of a person, whatever the link level, and the addresses they gave. Locks: none, only functions
-- and views are made.

-- Every record of the person whom a record belongs to, itself included. For rights only: withdrawal, suppression, erasure, export.
create function customers.person_records_of(p_record uuid) returns setof uuid language sql stable rows 4 as $$
  select p_record
  union
  select other.record_id
    from customers.record_person mine join customers.record_person other on other.person_id = mine.person_id
   where mine.record_id = p_record
$$;

-- The customers of all records that hang together with these.
create function customers.customers_around(p_records uuid[]) returns uuid[] language sql stable as $$
  select array(select distinct customers.customer_of(member) from unnest(p_records) seed, lateral customers.person_records_of(seed) member order by 1)
$$;

-- Locks the customers around these records for uniting and splitting, in the order of ids. Each has a row. Who waited for another union looks
-- again whose records these are now.
create function customers.lock_customers(p_records uuid[]) returns void language plpgsql as $$
declare
  v_customers uuid[];
  v_now uuid[] := customers.customers_around(p_records);
begin
  loop
    v_customers := v_now;
    insert into customers.customer (id) select unnest(v_customers) on conflict do nothing;
    perform from customers.customer where id = any (v_customers) order by id for update;
    v_now := customers.customers_around(p_records);
    exit when v_now = v_customers;
  end loop;
end $$;

-- Whether one customer of these two records would have more values of a kind, or links, than a person can have [IDN-6]. Limits are about a person,
-- whatever the link levels: raising one must not make a customer whom no write could have made.
create function customers.would_be_too_many(p_a uuid, p_b uuid, p_values jsonb, p_links integer) returns boolean language sql stable as $$
  with records as (select customers.person_records_of(p_a) as id union select customers.person_records_of(p_b))
  select exists (
           select from records join customers.record_identifier ri on ri.record_id = records.id and ri.valid_to is null
             join customers.identifier i on i.id = ri.identifier_id
            group by i.kind having count(distinct i.id) > (p_values ->> i.kind)::integer)
      or (select count(*) from customers.link l join records on records.id = l.a_record
           where l.state = 'active' and l.kind in ('shared_identifier', 'model', 'agent') and l.evidence ->> 'on' is distinct from 'visitor') >= p_links
$$;

-- The addresses that records gave, verified or not.
create view customers.read_contact as
  select record_id, kind, address, verified_at from customers.contact_point where state <> 'withdrawn';
comment on view customers.read_contact is 'not null: record_id, kind, address';

-- Records of somebody who made themselves known: by who they are, without reading a name for each.
create view customers.read_known as select id as record_id from customers.source_record where state = 'known';
comment on view customers.read_known is 'not null: record_id';

-- Who was erased, for what others must not have kept.
create view customers.read_erased as select record_id from customers.erased_record;
comment on view customers.read_erased is 'not null: record_id';
