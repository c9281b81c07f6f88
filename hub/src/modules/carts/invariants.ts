import type { Invariant } from "../../platform/index.ts";

export const cartInvariants: readonly Invariant[] = [
  {
    name: "carts.completed_has_order",
    description: "A completed cart names its order, and no other cart does",
    sql: "select id::text as example from carts.cart where state = 'completed' and order_id is null",
  },
  {
    name: "carts.one_order_each",
    description: "Two carts never became one order",
    sql: "select order_id::text as example from carts.cart where order_id is not null group by order_id having count(*) > 1",
  },
  {
    name: "carts.nothing_stuck",
    description: "No cart has been completing for more than ten minutes",
    sql: "select id::text as example from carts.cart where state = 'completing' and updated_at < now() - interval '10 minutes'",
  },
  {
    name: "carts.offer_stands",
    description: "A cart says that it is offered exactly when an offer of it stands",
    sql: `select coalesce(c.id, o.cart_id)::text as example from (select id, offer ->> 'id' as offer_id from carts.cart where offer is not null) c
      full join (select id, cart_id from carts.offer where ended_at is null) o on o.cart_id = c.id
      where c.offer_id is distinct from o.id::text`,
  },
  {
    name: "carts.closed_holds_nothing",
    description: "A cart that is completed or given up holds no stock",
    sql: "select distinct c.id::text as example from carts.cart c join stock.hold h on h.cart_id = c.id where c.state in ('completed', 'abandoned', 'merged') and h.expires_at > now() and h.quantity > 0",
  },
];
