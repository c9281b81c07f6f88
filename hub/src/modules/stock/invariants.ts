import type { Invariant } from "../../platform/index.ts";

export const stockInvariants: readonly Invariant[] = [
  {
    name: "STK-6 on hand is the fold of movements",
    description: "Units on hand of each level equal the sum of its movements",
    sql: `select l.variant_id || ' at ' || l.place_id as example from stock.level l
          left join (select variant_id, place_id, sum(quantity) as units from stock.movement group by 1, 2) m
            on m.variant_id = l.variant_id and m.place_id = l.place_id
          where l.on_hand <> coalesce(m.units, 0)
          union all
          select m.variant_id || ' at ' || m.place_id from stock.movement m
          where not exists (select from stock.level l where l.variant_id = m.variant_id and l.place_id = m.place_id)`,
  },
  {
    name: "STK-2 held is the sum of holds",
    description: "Units held of each level equal the holds of carts that were not tidied up",
    sql: `select coalesce(l.variant_id, h.variant_id) || ' at ' || coalesce(l.place_id, h.place_id) as example
          from (select * from stock.level where held <> 0) l
          full join (select variant_id, place_id, sum(quantity) as units from stock.hold group by 1, 2) h
            on h.variant_id = l.variant_id and h.place_id = l.place_id
          where coalesce(l.held, 0) <> coalesce(h.units, 0)`,
  },
  {
    name: "STK-2 allocated is the sum of allocations",
    description: "Units allocated of each level equal what is promised to orders and not handed over",
    sql: `select coalesce(l.variant_id, a.variant_id) || ' at ' || coalesce(l.place_id, a.place_id) as example
          from (select * from stock.level where allocated <> 0) l
          full join (select variant_id, place_id, sum(quantity) as units from stock.allocation group by 1, 2) a
            on a.variant_id = l.variant_id and a.place_id = l.place_id
          where coalesce(l.allocated, 0) <> coalesce(a.units, 0)`,
  },
  {
    name: "STK-3 conflicts end",
    description: "A conflict is open only while its level cannot serve all that was promised",
    sql: `select c.id::text as example from stock.conflict c
          join stock.level l on l.variant_id = c.variant_id and l.place_id = c.place_id
          where c.resolved_at is null and l.on_hand - l.allocated - l.held >= 0`,
  },
  {
    name: "STK-4 expired holds are tidied up",
    description: "No hold is left 5 minutes after its time; a sweeper tidies up every second",
    sql: `select line_id::text as example from stock.hold where expires_at < now() - interval '5 minutes'`,
  },
  {
    name: "STK-11 what left one place is on its way or arrived",
    description: "The movements of a transfer are what its lines say was sent and received; nothing arrived of what is on its way",
    sql: `select d.number::text as example from stock.document d
          join stock.document_line l on l.document_id = d.id
          left join (select cause_id, variant_id, sum(quantity) filter (where kind = 'transfer_out') as sent, sum(quantity) filter (where kind = 'transfer_in') as arrived
                       from stock.movement where cause_type = 'document' group by 1, 2) m on m.cause_id = d.id and m.variant_id = l.variant_id
          where d.kind = 'transfer' and (coalesce(m.sent, 0) <> -l.quantity or coalesce(m.arrived, 0) <> coalesce(l.received, 0)
             or (d.state = 'in_transit') <> (l.received is null))`,
  },
  {
    name: "STK-12 a document that is done is booked",
    description: "Each line of a delivery, of waste and of a count that is done has its movement",
    sql: `select d.number::text as example from stock.document d
          join stock.document_line l on l.document_id = d.id
          where d.kind <> 'transfer' and (d.state = 'done' or l.booked_at is not null)
            and not exists (select from stock.movement m where m.cause_id = d.id and m.line_id = l.id)`,
  },
  {
    name: "STK-13 taken ahead is the sum of those who wait",
    description: "Units sold ahead of each level equal what carts and orders wait for there as sold ahead",
    sql: `select coalesce(a.variant_id, w.variant_id) || ' at ' || coalesce(a.place_id, w.place_id) as example
          from (select * from stock.ahead where taken <> 0) a
          full join (select variant_id, place_id, sum(quantity) as units from stock.waiting where is_ahead group by 1, 2) w
            on w.variant_id = a.variant_id and w.place_id = a.place_id
          where coalesce(a.taken, 0) <> coalesce(w.units, 0)`,
  },
  {
    name: "STK-17 what is asked for lies where it comes from",
    description: "Units that an order asked for at another place, and that were not sent yet, are allocated to it there",
    sql: `select a.order_id::text as example from stock.asked a
          left join stock.allocation o on o.order_line_id = a.order_line_id and o.place_id = a.from_place_id
          where coalesce(o.quantity, 0) < a.quantity`,
  },
  {
    name: "STK-14 nobody waits for goods that are free",
    description: "Where orders wait for goods that may leave by now, nothing is free",
    sql: `select distinct l.variant_id || ' at ' || l.place_id as example from stock.level l
          join stock.waiting w on w.variant_id = l.variant_id and w.place_id = l.place_id
          where w.order_id is not null and (w.not_before is null or w.not_before < now() - interval '5 minutes')
            and l.on_hand - l.allocated - l.held - l.safety > 0`,
  },
];
