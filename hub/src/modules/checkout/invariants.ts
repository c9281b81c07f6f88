import type { Invariant } from "../../platform/index.ts";

export const checkoutInvariants: readonly Invariant[] = [
  {
    name: "CHK-1 a completed cart is one order",
    description: "Every completed cart has its order, and every order with a cart completed it",
    sql: `select coalesce(cart.id, o.cart_id)::text as example from carts.cart full join orders.orders o on o.cart_id = cart.id
          where (cart.state = 'completed' and o.id is distinct from cart.order_id) or (o.cart_id is not null and cart.state is distinct from 'completed')`,
  },
  {
    name: "CHK-3 nothing stays completing",
    description: "A cart that is being completed has an attempt that waits for its provider",
    sql: `select cart.id::text as example from carts.cart
          where cart.state = 'completing' and not exists (select 1 from checkout.attempt where cart_id = cart.id and state = 'charging')`,
  },
  {
    name: "CHK-4 no attempt waits for good",
    description: "No attempt is older than an hour without an end",
    sql: "select id::text as example from checkout.attempt where state = 'charging' and created_at < now() - interval '1 hour'",
  },
  {
    name: "CHK-26 no change waits for good",
    description: "No change of an order waits for its payment for more than an hour",
    sql: "select id::text as example from checkout.change_attempt where state = 'charging' and created_at < now() - interval '1 hour'",
  },
  {
    name: "CHK-56 no payment of what is due waits for good",
    description: "No payment of what is due on an order waits for its provider for more than an hour",
    sql: "select id::text as example from checkout.due_payment where state = 'charging' and created_at < now() - interval '1 hour'",
  },
  {
    name: "CHK-27 a link holds goods while it stands",
    description: "What is held for a change that was offered by a link is held for one that is still open",
    sql: `select l.id::text as example from checkout.change_link l where l.state <> 'open' and exists (select from stock.hold h where h.cart_id = l.id)`,
  },
  {
    name: "CHK-8 tenders add up",
    description:
      "What an order counts as paid, due and refunded is what its tenders and refunds say; live orders are covered by their tenders",
    sql: `select o.number as example from orders.orders o left join payments.read_paid p on p.order_id = o.id
          where o.paid <> coalesce(p.paid, 0) or o.due <> coalesce(p.due, 0) or o.authorized <> coalesce(p.authorized, 0) or o.on_account <> coalesce(p.on_account, 0) or (o.mode <> 'imported' and o.refunded <> coalesce(p.refunded, 0))
             or (o.mode <> 'imported' and o.state <> 'canceled'
                 and (o.paid + o.due + o.authorized > o.total or o.paid - o.refunded + o.due + o.authorized <> o.total - o.canceled_amount - o.returned_amount))`,
  },
  {
    name: "CHK-9 points are what orders earned",
    description: "The ledger holds for every order what it says that it earned",
    sql: `select o.number as example from orders.orders o
          left join lateral (select sum(leg.amount) as points from ledger.txn join ledger.leg on leg.txn_id = txn.id
                             join ledger.account on account.id = leg.account_id and account.is_bounded
                             where txn.kind = 'earn' and (txn.source_type = 'order' and txn.source_id = o.id
                                or txn.source_type = 'order_change' and txn.source_id in (select id from orders.read_change where order_id = o.id))) earned on true
          where o.mode <> 'imported' and o.points_earned <> coalesce(earned.points, 0)`,
  },
];
