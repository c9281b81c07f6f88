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
    name: "FUL-15 what is shipped goes somewhere, by a parcel",
    description: "A shipment has where it goes, and one that left has a parcel and an instant at which it left",
    sql: `select f.id::text as example from fulfillment.fulfillment f
          where f.kind = 'ship' and (not exists (select 1 from fulfillment.shipment s where s.fulfillment_id = f.id)
             or f.state in ('dispatched', 'delivered') and (f.done_at is null
                or not exists (select 1 from fulfillment.parcel p where p.fulfillment_id = f.id)))`,
  },
];
