import type { Invariant } from "../../platform/index.ts";

export const customerInvariants: readonly Invariant[] = [
  {
    name: "customers.one_customer_per_record",
    description:
      "Every known record has a customer, records that a link holds together have the same, and its id is that of a record in it [IDN-1]",
    sql: `select l.id::text as example from customers.link l
           where l.state = 'active' and l.kind <> 'must_not_link'
             and customers.customer_of(l.a_record) <> customers.customer_of(l.b_record)
          union all
          select s.id::text from customers.source_record s
           where s.state = 'known' and not exists (select from customers.customer c where c.id = customers.customer_of(s.id))
          union all
          select rc.record_id::text from customers.record_customer rc
           where rc.generation = (select living from customers.generation) and customers.customer_of(rc.customer_id) <> rc.customer_id`,
  },
  {
    name: "customers.customer_refines_person",
    description: "Records of one customer are records of one person [IDN-1]",
    sql: `select rc.customer_id::text as example from customers.record_customer rc
            left join customers.record_person rp on rp.record_id = rc.record_id
           where rc.generation = (select living from customers.generation)
           group by rc.customer_id having count(distinct coalesce(rp.person_id, rc.record_id)) > 1`,
  },
  {
    name: "customers.redirects_end_at_living_customers",
    description: "An id that a merge took away leads, in one step, to the customer that its record is in [IDN-4]",
    sql: `select r.old_id::text as example from customers.customer_redirect r left join customers.customer c on c.id = r.new_id
           where c.state is distinct from 'active' or customers.customer_of(r.old_id) <> r.new_id
          union all
          select c.id::text from customers.customer c
           where (c.state = 'redirected') <> exists (select from customers.customer_redirect r where r.old_id = c.id)`,
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
    sql: `select p.customer_id::text as example from customers.profile_field p where customers.customer_of(p.from_record) <> p.customer_id`,
  },
];
