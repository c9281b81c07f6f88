import type { Invariant } from "../../platform/index.ts";

export const returnsInvariants: readonly Invariant[] = [
  {
    name: "RET-2 a return is the sum of its lines",
    description: "The total of a return equals its lines', and the tax in it",
    sql: `select r.id::text as example from returns.return_order r
          where (r.total, r.tax) <> (select coalesce(sum(total), 0), coalesce(sum(tax), 0) from returns.return_line where return_id = r.id)`,
  },
  {
    name: "RET-5 what came back is on the order",
    description: "Units returned of an order's line are those of its returns, and what went back for them is what the order says",
    sql: `select o.number as example from orders.orders o
          where o.mode <> 'imported' and (
             o.returned_amount <> (select coalesce(sum(r.total), 0) from returns.return_order r where r.order_id = o.id and r.mode = 'live')
             or exists (select from orders.order_line l where l.order_id = o.id
                          and l.returned <> (select coalesce(sum(b.quantity), 0) from returns.return_line b where b.order_line_id = l.id)))`,
  },
  {
    name: "RET-6 a return's money went where it says",
    description: "The refunds of a return are what its document says, to the cent",
    sql: `select r.number as example from returns.return_order r
          where r.mode = 'live' and r.order_id is not null and (
             r.total <> (select coalesce(sum((p ->> 'amount')::bigint), 0) from jsonb_array_elements(r.refunds) p)
             or (select coalesce(sum((p ->> 'amount')::bigint), 0) from jsonb_array_elements(r.refunds) p where p ->> 'kind' <> 'due_at_collection')
                <> (select coalesce(sum(amount), 0) from payments.refund where source in ('return ' || r.id, 'exchange ' || r.id)))`,
  },
  {
    name: "RET-14 goods without proof are store credit",
    description: "What was given for goods without proof is store credit in the ledger, once and to the cent, of whoever brought them",
    sql: `select r.number as example from returns.return_order r
          where r.proof = 'unproven' and (
             r.refunds <> jsonb_build_array(jsonb_build_object('kind', 'store_credit', 'amount', r.total))
             or r.total <> (select coalesce(sum(leg.amount), 0) from ledger.txn join ledger.leg on leg.txn_id = txn.id
                              join ledger.account on account.id = leg.account_id and account.kind = 'store_credit' and account.record_id = r.record_id
                             where txn.source_type = 'return' and txn.source_id = r.id))`,
  },
  {
    name: "RET-12 what was taken of an announced return came back",
    description: "Units accepted of an announced return are at most those of the return that it became, line by line",
    sql: `select r.number as example from returns.request r join returns.request_line l on l.request_id = r.id
          where (r.state = 'accepted' and l.accepted is null)
             or coalesce(l.accepted, 0) > coalesce((select sum(b.quantity) from returns.return_line b
                                                     where b.return_id = r.return_id and b.order_line_id = l.order_line_id), 0)`,
  },
  {
    name: "RET-9 what is back on the shelf came back",
    description: "Every movement of a return is a line of it that was to be restocked, with its units and at its place",
    sql: `select m.cause_id::text as example from stock.movement m
          left join stock.read_part p on p.part_line_id = m.line_id
          left join returns.return_line l on l.id = coalesce(p.order_line_id, m.line_id) left join returns.return_order r on r.id = l.return_id
          where m.kind = 'return' and (l.disposition is distinct from 'restock' or l.quantity * coalesce(p.quantity, 1) <> m.quantity or r.id <> m.cause_id or r.place_id <> m.place_id)`,
  },
];
