import type { Invariant } from "../../platform/index.ts";

const LIVING = "rc.generation <= (select living from customers.generation) and rc.until > (select living from customers.generation)";
/** Whose each record is, for a join of all of them: asked one by one by customer_of, a million records take a minute. Who is alone is not in it. */
const OWNED = `owned as materialized (select rc.record_id, rc.customer_id from customers.record_customer rc where ${LIVING})`;

/** Records of persons with the circle in which their channel shows people, and the pairs of them that count: see `customersWithin`. */
const COUNTED_PAIRS = `
  circled as materialized (
    select p.record_id, case when coalesce(l.level, 'linked') = 'linked' and p.record_id not in (select record_id from customers.read_apart)
             then coalesce(l.circle::text, 'linked') else p.channel_id::text end as circle
      from customers.record_person p left join channels.read_level l on l.channel_id = p.channel_id
  ), link_end as materialized (
    select l.id, l.a_record as record_id, l.evidence ->> 'identifierId' as value, a.circle, a.circle = b.circle as counts, l.b_record as other
      from customers.link l join circled a on a.record_id = l.a_record join circled b on b.record_id = l.b_record
     where l.state = 'active' and l.kind <> 'must_not_link'
    union all
    select l.id, l.b_record, l.evidence ->> 'identifierId', b.circle, a.circle = b.circle, l.a_record
      from customers.link l join circled a on a.record_id = l.a_record join circled b on b.record_id = l.b_record
     where l.state = 'active' and l.kind <> 'must_not_link'
  ), anchor as (
    select value, circle, min(record_id::text)::uuid as record_id from link_end where value is not null group by value, circle
  ), counted as materialized (
    select record_id as a, other as b from link_end where counts
    union select e.record_id, anchor.record_id from link_end e join anchor using (value, circle)
    union select anchor.record_id, e.record_id from link_end e join anchor using (value, circle)
  )`;

export const customerInvariants: readonly Invariant[] = [
  {
    name: "customers.one_customer_per_record",
    description: "Every known record has one customer that can be locked, and its id is that of a record in it [IDN-1]",
    sql: `with ${OWNED}
          select record_id::text as example from owned group by record_id having count(*) > 1
          union all
          select s.id::text from customers.source_record s left join owned on owned.record_id = s.id
            left join customers.customer c on c.id = coalesce(owned.customer_id, s.id)
           where s.state = 'known' and c.id is null
          union all
          select owned.record_id::text from owned join owned named on named.record_id = owned.customer_id
           where named.customer_id <> owned.customer_id`,
  },
  {
    name: "customers.customer_refines_person",
    description: "Records of one customer are records of one person [IDN-1]",
    sql: `select rc.customer_id::text as example from customers.record_customer rc
            left join customers.record_person rp on rp.record_id = rc.record_id
           where ${LIVING}
           group by rc.customer_id having count(distinct coalesce(rp.person_id, rc.record_id)) > 1`,
  },
  {
    name: "customers.partition_is_computed",
    description:
      "The customers are what the active links make by the link levels as they are: neither more nor less hangs together [IDN-17]",
    sql: `with recursive ${COUNTED_PAIRS}, ${OWNED}, reached as (
            select distinct customer_id as root, customer_id as record_id from owned where record_id <> customer_id
            union select reached.root, counted.b from reached join counted on counted.a = reached.record_id
          )
          select counted.a::text as example from counted
            left join owned a on a.record_id = counted.a left join owned b on b.record_id = counted.b
           where coalesce(a.customer_id, counted.a) <> coalesce(b.customer_id, counted.b)
          union all
          select owned.record_id::text from owned
           where owned.record_id <> owned.customer_id
             and not exists (select from reached where reached.root = owned.customer_id and reached.record_id = owned.record_id)`,
  },
  {
    name: "customers.persons_hold_all_links",
    description: "Records that an active link holds together are one person, on every link level [IDN-1]",
    sql: `select l.id::text as example from customers.link l
            left join customers.record_person a on a.record_id = l.a_record left join customers.record_person b on b.record_id = l.b_record
           where l.state = 'active' and l.kind <> 'must_not_link' and (a.person_id is null or a.person_id is distinct from b.person_id)`,
  },
  {
    name: "customers.nothing_built_is_lost",
    description: "Beside the generation that is shown there is at most the one that a switch builds [IDN-18]",
    sql: `select rc.record_id::text as example from customers.record_customer rc
           where rc.generation > (select living from customers.generation)
             and rc.generation is distinct from (select generation from customers.level_change where state = 'building')`,
  },
  {
    name: "customers.apart_stays_apart",
    description: "Two records that a person judged different are never one customer [IDN-3]",
    sql: `select l.id::text as example from customers.link l
           where l.kind = 'must_not_link' and l.state = 'active'
             and customers.customer_of(l.a_record) = customers.customer_of(l.b_record)`,
  },
  {
    name: "customers.profile_from_own_records",
    description: "A profile shows values of its own customer's records only [IDN-5]",
    sql: `with ${OWNED}
          select p.customer_id::text as example from customers.living_field p left join owned on owned.record_id = p.from_record
           where coalesce(owned.customer_id, p.from_record) <> p.customer_id`,
  },
];
