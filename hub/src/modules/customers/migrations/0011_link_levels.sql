-- Two partitions by link levels, and generations of what is computed from them [IDN-17, IDN-18]. Locks: the derived tables of this schema
-- while columns with a constant default are added and their keys are built again; nobody waits for more than the keys take.

-- A computed row is shown by the generations from `generation` up to, and without, `until`. A switch of a level writes the rows of the next
-- generation beside those that live and closes the ones they replace; turning `customers.generation` then changes all at once.
alter table customers.record_customer add column until integer not null default 2147483647;
alter table customers.record_customer drop constraint record_customer_pkey, add primary key (record_id, generation);
drop index customers.record_customer_customer;
create index record_customer_customer on customers.record_customer (customer_id);
-- What a switch wrote or closed is found without reading the rest: when it is prepared again, and when the old is swept away.
create index record_customer_until on customers.record_customer (until) where until <> 2147483647;

alter table customers.profile_field add column generation integer not null default 1, add column until integer not null default 2147483647;
alter table customers.profile_field alter column generation drop default;
alter table customers.profile_field drop constraint profile_field_pkey, add primary key (customer_id, field, generation);
create index profile_field_until on customers.profile_field (until) where until <> 2147483647;

alter table customers.name_index add column generation integer not null default 1, add column until integer not null default 2147483647;
alter table customers.name_index alter column generation drop default;
alter table customers.name_index drop constraint name_index_pkey, add primary key (word, customer_id, generation);
drop index customers.name_index_recent;
create index name_index_recent on customers.name_index (word, last_seen desc, customer_id) include (generation, until);
create index name_index_until on customers.name_index (until) where until <> 2147483647;

alter table customers.name_pair add column generation integer not null default 1, add column until integer not null default 2147483647;
alter table customers.name_pair alter column generation drop default;
alter table customers.name_pair drop constraint name_pair_pkey, add primary key (word, other, customer_id, generation) include (until);
create index name_pair_until on customers.name_pair (until) where until <> 2147483647;

-- Where an id leads that a merge took away, says the partition itself: a customer's id is the id of a record. A second place to say it would
-- have to be switched too.
drop table customers.customer_redirect;
update customers.customer set state = 'active' where state = 'redirected';
alter table customers.customer drop constraint customer_state_check;
alter table customers.customer add constraint customer_state_check check (state in ('active', 'erased'));

-- The channel stands beside the person, so that a switch finds the records that hang together with others of another channel and no more:
-- an index on all records would cost every cart that is opened.
alter table customers.record_person add column channel_id uuid;
update customers.record_person p set channel_id = r.channel_id from customers.source_record r where r.id = p.record_id;
alter table customers.record_person alter column channel_id set not null;
create index record_person_channel on customers.record_person (channel_id, record_id);

create or replace function customers.customer_of(p_record uuid) returns uuid language sql stable as $$
  select coalesce((select rc.customer_id from customers.record_customer rc
    where rc.record_id = p_record and rc.generation <= (select living from customers.generation) and rc.until > (select living from customers.generation)), p_record)
$$;

-- All records of the customer whom a record belongs to, itself included.
create or replace function customers.records_of(p_record uuid) returns setof uuid language sql stable rows 4 as $$
  select p_record
  union
  select other.record_id
    from customers.record_customer mine
    join customers.record_customer other on other.customer_id = mine.customer_id
     and other.generation <= (select living from customers.generation) and other.until > (select living from customers.generation)
   where mine.record_id = p_record and mine.generation <= (select living from customers.generation) and mine.until > (select living from customers.generation)
$$;

-- The fields of the profiles as they live now.
create view customers.living_field as
  select f.customer_id, f.field, f.value, f.from_record, f.rule, f.at
    from customers.profile_field f
   where f.generation <= (select living from customers.generation) and f.until > (select living from customers.generation);

-- What a cart shows of its customer. Null for a record that does not exist.
create or replace function customers.brief(p_record uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('id', customers.customer_of(r.id), 'known', r.state = 'known',
    'givenName', (select f.value #>> '{}' from customers.living_field f where f.customer_id = customers.customer_of(r.id) and f.field = 'givenName'))
  from customers.source_record r where r.id = p_record
$$;

create or replace view customers.read_record_customer as
  select rc.record_id, rc.customer_id from customers.record_customer rc
   where rc.generation <= (select living from customers.generation) and rc.until > (select living from customers.generation)
  union all
  select r.id, r.id from customers.source_record r
   where not exists (select from customers.record_customer rc
                      where rc.record_id = r.id and rc.generation <= (select living from customers.generation) and rc.until > (select living from customers.generation));

-- Limits are about a person, whatever the levels: raising one must not make a customer whom no write could have made [IDN-6].
create or replace function customers.would_be_too_many(p_a uuid, p_b uuid, p_values jsonb, p_links integer) returns boolean language sql stable as $$
  with records as (select customers.person_records_of(p_a) as id union select customers.person_records_of(p_b))
  select exists (
           select from records join customers.record_identifier ri on ri.record_id = records.id and ri.valid_to is null
             join customers.identifier i on i.id = ri.identifier_id
            group by i.kind having count(distinct i.id) > (p_values ->> i.kind)::integer)
      or (select count(*) from customers.link l join records on records.id = l.a_record where l.state = 'active' and l.kind in ('shared_identifier', 'agent')
           and l.evidence ->> 'on' is distinct from 'visitor') >= p_links
$$;

-- A switch of a channel's link level, small or large.
create table customers.level_change (
  id           uuid primary key,
  channel_id   uuid not null,
  from_level   text not null check (from_level in ('siloed', 'handover', 'linked')),
  to_level     text not null check (to_level in ('siloed', 'handover', 'linked')),
  state        text not null check (state in ('building', 'turned', 'done', 'canceled')),
  generation   integer,                                -- the one that it builds; null when it was small enough for one transaction
  progress     uuid,                                   -- the last record whose customer is built
  total        integer not null,                       -- records that hang together with others of another channel
  built        integer not null default 0,
  actor_kind   text not null,
  staff_id     uuid,
  reason       text,
  created_at   timestamptz not null default now(),
  turned_at    timestamptz,
  finished_at  timestamptz
);
create index level_change_channel on customers.level_change (channel_id, created_at desc);
-- One builds at a time: the next generation is one.
create unique index level_change_building on customers.level_change ((true)) where state = 'building';

-- Records whose customer changed while a switch was built, to be built again before it turns.
create table customers.level_change_touched (
  record_id uuid primary key
);
