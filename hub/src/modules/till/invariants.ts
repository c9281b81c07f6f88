import type { Invariant } from "../../platform/index.ts";

const ENTRY = "e.register_id::text || '/' || e.chain || '/' || e.seq";

export const tillInvariants: readonly Invariant[] = [
  {
    name: "JRN-1 chains have no gap and no branch",
    description: "Every journal entry follows the one before it by number and by hash, and says so in its content",
    sql: `select ${ENTRY} as example from (
            select e.*, lag(e.seq, 1, 0::bigint) over chain as seq_before, lag(e.body_hash) over chain as hash_before
            from till.fiscal_entry e window chain as (partition by e.register_id, e.chain order by e.seq)) e
          where e.seq <> e.seq_before + 1
             or e.prev_hash <> coalesce(e.hash_before, decode(repeat('00', 32), 'hex'))
             or e.body ->> 'previousHash' <> encode(e.prev_hash, 'hex') or (e.body ->> 'seq')::bigint <> e.seq`,
  },
  {
    name: "TIL-1 commands have no gap",
    description: "The commands of a register are numbered from 1 to its last one",
    sql: `select r.id::text as example from till.register r
          where r.last_seq <> (select count(*) from till.command c where c.register_id = r.id)
             or r.last_seq <> (select coalesce(max(seq), 0) from till.command c where c.register_id = r.id)`,
  },
  {
    name: "TIL-4 a closed shift expects what moved its drawer",
    description: "Expected cash is the sum of the shift's cash events",
    sql: `select s.id::text as example from till.shift s
          where s.expected <> (select coalesce(sum(amount), 0) from till.cash_event e where e.shift_id = s.id)`,
  },
  {
    name: "TIL-5 cash of tickets is in the drawer",
    description: "Cash of sales and returns of a shift equals the cash that its tickets took and gave back",
    sql: `select s.id::text as example from till.shift s
          where (select coalesce(sum(cash), 0) from till.sale where shift_id = s.id)
             <> (select coalesce(sum(amount), 0) from till.cash_event e where e.shift_id = s.id and e.kind in ('sale', 'return'))`,
  },
  {
    name: "TIL-18 what cash was rounded by is in the drawer",
    description: "The rounding of a shift's tickets and empties is what moved its drawer for it",
    sql: `select s.id::text as example from till.shift s
          where (select coalesce(sum(rounding), 0) from till.sale where shift_id = s.id)
              + (select coalesce(sum(rounding), 0) from till.empties where shift_id = s.id)
             <> (select coalesce(sum(amount), 0) from till.cash_event e where e.shift_id = s.id and e.kind = 'rounding')`,
  },
  {
    name: "TIL-16 tips are on their tickets and in the drawer",
    description:
      "What was given on top stands on the journal entry of its ticket and on its tenders, and what of it was cash is in the drawer",
    sql: `select s.number as example from till.sale s
          join till.fiscal_entry e on e.register_id = s.register_id and e.chain = s.chain and e.seq = s.seq
          where s.tip <> (select coalesce(sum((t ->> 'tip')::bigint), 0) from jsonb_array_elements(e.body -> 'document' -> 'tenders') as t)
          union all
          select o.order_id::text from (select order_id, sum(tip) as tip from till.sale where tip > 0 group by order_id) o
          where o.tip <> (select sum(t.tip) from payments.tender t where t.order_id = o.order_id)
          union all
          select s.id::text from till.shift s
          where (select coalesce(sum(tip_cash), 0) from till.sale where shift_id = s.id)
             <> (select coalesce(sum(amount), 0) from till.cash_event e where e.shift_id = s.id and e.kind = 'tip')`,
  },
  {
    name: "TIL-14 deposits given back left the drawer",
    description: "What was given for empties is the sum of their deposits, on its journal entry, and left the drawer once",
    sql: `select m.number as example from till.empties m
          left join till.fiscal_entry e on e.register_id = m.register_id and e.chain = m.chain and e.seq = m.seq
          left join till.cash_event c on c.id = m.command_id and c.kind = 'deposit'
          where e.seq is null or e.body -> 'document' ->> 'number' <> m.number or c.amount is distinct from -m.total
             or m.total <> (select sum((line ->> 'quantity')::bigint * (line ->> 'each')::bigint) from jsonb_array_elements(m.lines) as line)
             or (e.body -> 'document' ->> 'total')::bigint <> -m.total`,
  },
  {
    name: "TIL-6 every ticket has its entry and its money",
    description: "A ticket's total is on its journal entry, and its tenders are those of the order",
    sql: `select s.number as example from till.sale s
          left join till.fiscal_entry e on e.register_id = s.register_id and e.chain = s.chain and e.seq = s.seq
          where e.seq is null or e.body -> 'document' ->> 'number' <> s.number
             or (select coalesce(sum((t ->> 'amount')::bigint), 0) from jsonb_array_elements(e.body -> 'document' -> 'tenders') as t
                 where t ->> 'state' in ('captured', 'refunded') and t ->> 'kind' <> 'due_at_collection') <> s.total`,
  },
];
