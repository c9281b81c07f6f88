-- What other modules ask in SQL about records and customers. Locks: none, only functions and a view are made.

create function customers.customer_of(p_record uuid) returns uuid language sql stable as $$
  select coalesce((select rc.customer_id from customers.record_customer rc
    where rc.record_id = p_record and rc.generation <= (select living from customers.generation) and rc.until > (select living from customers.generation)), p_record)
$$;

-- All records of the customer whom a record belongs to, itself included. A record has one living row, so nothing comes twice.
create function customers.records_of(p_record uuid) returns setof uuid language sql stable rows 4 as $$
  select p_record
  union all
  select other.record_id
    from customers.generation g
    join customers.record_customer mine on mine.record_id = p_record and mine.generation <= g.living and mine.until > g.living
    join customers.record_customer other on other.customer_id = mine.customer_id and other.generation <= g.living and other.until > g.living
     and other.record_id <> p_record
$$;

-- What a cart shows of its customer. Null for a record that does not exist.
create function customers.brief(p_record uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('id', coalesce(rc.customer_id, r.id), 'known', r.state = 'known',
    'givenName', (select f.value #>> '{}' from customers.profile_field f
       where f.customer_id = coalesce(rc.customer_id, r.id) and f.field = 'givenName' and f.generation <= g.living and f.until > g.living))
  from customers.source_record r
  cross join customers.generation g
  left join customers.record_customer rc on rc.record_id = r.id and rc.generation <= g.living and rc.until > g.living
  where r.id = p_record
$$;

-- Both ways are an index: a record's customer, and a customer's records.
create view customers.read_record_customer as
  select rc.record_id, rc.customer_id from customers.record_customer rc
   where rc.generation <= (select living from customers.generation) and rc.until > (select living from customers.generation)
  union all
  select r.id, r.id from customers.source_record r
   where not exists (select from customers.record_customer rc
                      where rc.record_id = r.id and rc.generation <= (select living from customers.generation) and rc.until > (select living from customers.generation));
comment on view customers.read_record_customer is 'not null: record_id, customer_id';

-- Locks the customer of a record, so that what is one per customer is decided by one at a time and never while uniting or splitting.
-- A provisional record has no customer row: it is locked itself. Who waited looks again whose record it is now.
create function customers.lock_customer(p_record uuid) returns uuid language plpgsql as $$
declare
  v_customer uuid;
  v_now uuid := customers.customer_of(p_record);
begin
  loop
    v_customer := v_now;
    perform from customers.customer where id = v_customer for no key update;
    if not found then
      perform from customers.source_record where id = p_record for no key update;
    end if;
    v_now := customers.customer_of(p_record);
    exit when v_now = v_customer;
  end loop;
  return v_customer;
end $$;

-- A record where nobody is known yet: one row, its own customer until a link says otherwise. Called by whoever opens something for a visitor.
create function customers.add_provisional(p_record uuid, p_channel uuid) returns void language sql as $$
  insert into customers.source_record (id, channel_id, state) values (p_record, p_channel, 'provisional')
$$;
