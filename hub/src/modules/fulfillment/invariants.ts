import type { Invariant } from "../../platform/index.ts";

export const fulfillmentInvariants: readonly Invariant[] = [
  {
    name: "FUL-5 what is handed over is counted on the order",
    description: "Units of collected and sent fulfillments equal the units that their order lines count as handed over",
    sql: `select l.order_id::text as example from orders.read_line l
          join lateral (select coalesce(sum(fl.quantity), 0) as quantity from fulfillment.fulfillment_line fl
                        join fulfillment.fulfillment f on f.id = fl.fulfillment_id and f.state in ('collected', 'dispatched', 'delivered')
                        where fl.order_line_id = l.id) done on true
          where exists (select 1 from fulfillment.fulfillment f where f.order_id = l.order_id) and l.fulfilled <> done.quantity`,
  },
  {
    name: "FUL-6 every ordered unit is on one fulfillment",
    description: "Units on fulfillments that have not ended otherwise equal what the order line has left to serve",
    sql: `select l.order_id::text as example from orders.read_line l
          join lateral (select coalesce(sum(fl.quantity), 0) as quantity from fulfillment.fulfillment_line fl
                        join fulfillment.fulfillment f on f.id = fl.fulfillment_id and f.state not in ('canceled', 'rejected', 'not_collected')
                        where fl.order_line_id = l.id) planned on true
          where exists (select 1 from fulfillment.fulfillment f where f.order_id = l.order_id) and l.ordered - l.canceled <> planned.quantity`,
  },
  {
    name: "FUL-7 stock allocated is what orders wait for",
    description: "Allocations of stock equal the allocated units of their order lines",
    sql: `select l.order_id::text as example from orders.read_line l
          left join (select order_line_id, variant_id, sum(quantity) as quantity, min(per_unit) as per_unit from stock.read_allocated group by 1, 2) a
            on a.order_line_id = l.id
          where l.allocated * coalesce(a.per_unit, 1) <> coalesce(a.quantity, 0)`,
  },
  {
    name: "FUL-9 what is ready was made ready, and waits until a time",
    description: "A ready fulfillment has a step that says who made it ready, and an end of its waiting",
    sql: `select f.id::text as example from fulfillment.fulfillment f
          where f.state = 'ready' and (f.collect_until is null
             or not exists (select 1 from fulfillment.step s where s.fulfillment_id = f.id and s.state = 'ready'))`,
  },
  {
    name: "FUL-10 nothing is collected without a hand-over",
    description: "What was to be fetched and counts as collected has a step with the proof that was shown",
    sql: `select f.id::text as example from fulfillment.fulfillment f
          where f.state = 'collected' and f.code_mac is not null
            and not exists (select 1 from fulfillment.step s where s.fulfillment_id = f.id and s.state = 'collected' and s.proof is not null)`,
  },
  {
    name: "FUL-31 who was sent opens only what still waits",
    description: "A code of somebody who was sent belongs to something that waits at that place for its customer",
    sql: `select c.fulfillment_id::text as example from fulfillment.collector c join fulfillment.fulfillment f on f.id = c.fulfillment_id
          where c.place_id <> f.place_id or (c.collected_at is not null and (c.code_mac is not null or f.state <> 'collected'))`,
  },
  {
    name: "FUL-15 what is shipped goes somewhere, by a parcel",
    description: "A shipment has where it goes, and one that left has a parcel and an instant at which it left",
    sql: `select f.id::text as example from fulfillment.fulfillment f
          where f.kind = 'ship' and (not exists (select 1 from fulfillment.shipment s where s.fulfillment_id = f.id)
             or f.state in ('dispatched', 'delivered') and (f.done_at is null
                or not exists (select 1 from fulfillment.parcel p where p.fulfillment_id = f.id)))`,
  },
  {
    name: "FUL-17 room in a slot is taken by what is collected in it",
    description: "What took room in a slot, and is not only held for a payment, is due there and then and was not canceled",
    sql: `select b.id::text as example from promises.read_slot_booking b
          left join fulfillment.fulfillment f on f.id = b.id
          where b.held_until is null and b.kind = 'slot' and (f.id is null or f.state in ('canceled', 'rejected') or f.slot_until is null
             or f.place_id <> b.place_id or f.due_at <> b.starts_at)`,
  },
  {
    name: "FUL-18 no slot has more orders than room",
    description:
      "The orders of a slot that were to fit in, and what carts hold of it, are at most as many as it had room for when one was taken",
    // A hold ends by the clock, and this may run in a transaction that began before.
    sql: `select place_id::text || ' ' || min(starts_at)::text as example from promises.read_slot_booking
          where (held_until is null or held_until > clock_timestamp()) and kind = 'slot' and most_orders is not null
          group by place_id, starts_at having count(*) > max(most_orders)`,
  },
  {
    name: "PRM-14 no station of a slot has promised more work than room",
    description:
      "The work of a station for the orders of a slot that were to fit in, and for what carts hold, is at most the room it had for one of them",
    sql: `select b.place_id::text || ' ' || b.starts_at::text || ' ' || w.key as example
          from promises.read_slot_booking b cross join lateral jsonb_each_text(b.work) as w
          where (b.held_until is null or b.held_until > clock_timestamp()) and b.room ? w.key
          group by b.place_id, b.starts_at, w.key having sum(w.value::integer) > max((b.room ->> w.key)::integer)`,
  },
];
