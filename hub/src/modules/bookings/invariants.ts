import type { Invariant } from "../../platform/index.ts";

export const bookingsInvariants: readonly Invariant[] = [
  {
    name: "BKG-3 what is taken is what is booked",
    description: "The seats taken of a session are those of its bookings, at its time and with its adviser",
    sql: `select coalesce(s.id, b.session_id)::text as example from bookings.session s
            full join (select session_id, sum(seats) as seats, min(starts_at) as first, max(starts_at) as last,
                              min(staff_id::text) as staff, count(distinct staff_id) as advisers
                         from bookings.booking where session_id is not null group by session_id) b on b.session_id = s.id
           where s.id is null or b.session_id is null or b.seats <> s.taken or b.first <> s.starts_at or b.last <> s.starts_at
              or b.staff <> s.staff_id::text or b.advisers <> 1`,
  },
  {
    name: "BKG-12 what was paid has its line",
    description: "A booking that an order paid for has the seats that are left of its line in that order",
    sql: `select b.id::text as example from bookings.booking b left join orders.read_line l on l.id = b.id and l.order_id = b.order_id
           where b.order_id is not null and (l.id is null or b.state = 'booked' and b.seats <> l.ordered - l.canceled - l.returned)`,
  },
  {
    name: "BKG-10 nobody erased has booked anything",
    description: "No booking names an erased record",
    sql: `select b.id::text as example from bookings.booking b join customers.read_erased e on e.record_id = b.record_id`,
  },
];
