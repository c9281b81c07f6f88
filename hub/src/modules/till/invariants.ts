import type { Invariant } from "../../platform/index.ts";

const ENTRY = "e.register_id::text || '/' || e.chain || '/' || e.seq";

export const tillInvariants: readonly Invariant[] = [
  {
    name: "JRN-1 chains have no gap and no branch",
    description:
      "Every journal entry follows the one before it by number, and by hash or signature, and one that the hub wrote says so in its content",
    sql: `select ${ENTRY} as example from (
            select e.*, lag(e.seq, 1, 0::bigint) over chain as seq_before, lag(e.body_hash) over chain as hash_before, lag(e.sig) over chain as sig_before
            from till.fiscal_entry e window chain as (partition by e.register_id, e.chain order by e.seq)) e
          where e.seq <> e.seq_before + 1
             or e.sig is null and (e.sig_before is not null
                  or e.prev_hash <> coalesce(e.hash_before, decode(repeat('00', 32), 'hex'))
                  or e.body ->> 'previousHash' <> encode(e.prev_hash, 'hex') or (e.body ->> 'seq')::bigint <> e.seq)
             or e.prev_sig <> coalesce(e.sig_before, encode(e.hash_before, 'hex'), '')`,
  },
  {
    name: "JRN-7 a register's journal is one",
    description: "What a register signed has one order over all its chains, without a gap, each entry with the signature of the one before",
    sql: `select ${ENTRY} as example from (
            select e.*, lag(e.journal_seq, 1, 0::bigint) over journal as before, lag(e.sig, 1, '') over journal as sig_before
            from till.fiscal_entry e where e.sig is not null window journal as (partition by e.register_id order by e.journal_seq)) e
          where e.journal_seq <> e.before + 1 or e.journal_prev_sig <> e.sig_before`,
  },
  {
    name: "JRN-8 entries are signed by an enrolled key",
    description: "Every signed entry names a key of its register that was enrolled for it",
    sql: `select ${ENTRY} as example from till.fiscal_entry e
          left join till.register_key k on k.register_id = e.register_id and k.key_id = e.key_id
          where e.sig is not null and (k.key_id is null or k.from_journal_seq > e.journal_seq)`,
  },
  {
    name: "JRN-9 a ticket without a number waits to be signed",
    description: "What has no number yet stands among what its register has to sign, and what has one is not",
    sql: `select command_id::text as example from (
            select command_id, number from till.sale union all select command_id, number from till.empties) s
          where (number is null) <> exists (select from till.unsigned_document u where u.command_id = s.command_id and u.document ? 'tenders')`,
  },
  {
    name: "JRN-13 closings sum their tickets",
    description: "The perpetual total of a register's last closing is that of the tickets up to it",
    sql: `select t.register_id::text || ' ' || t.period_kind || ' ' || t.period_key as example from till.fiscal_total t
          join till.fiscal_entry g on g.register_id = t.register_id and g.chain = 'G' and g.seq = t.closing_seq
          where t.closing_seq = (select max(l.closing_seq) from till.fiscal_total l where l.register_id = t.register_id)
            and t.perpetual_net <> (select coalesce(sum((e.body -> 'document' ->> 'total')::bigint), 0) from till.fiscal_entry e
                 where e.register_id = t.register_id and e.chain = 'T' and e.sig is not null and e.journal_seq < g.journal_seq)`,
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
    description:
      "Expected cash is the float that was counted first and what moved the drawer at every register of it, by the time of the count",
    sql: `select s.id::text as example from till.shift s
          where s.expected <> (select coalesce(sum(e.amount), 0) from till.cash_event e join till.shift p on p.id = e.shift_id
                                where p.drawer_shift_id = s.drawer_shift_id and e.kind <> 'float'
                                  and not (e.register_id <> s.register_id and e.at > s.closed_at))
                           + coalesce((select p.float_amount from till.shift p where p.drawer_shift_id = s.drawer_shift_id and not p.joined
                                        order by p.opened_at, p.id limit 1), 0)`,
  },
  {
    name: "TIL-62 a drawer is told once",
    description: "A drawer that everybody has left and somebody counted tells one difference, and none while somebody works on it",
    sql: `select d.id::text as example from till.drawer_shift d
          cross join lateral (select count(*) filter (where closed_at is null) as open, count(counted) as counts, count(expected) as told
                                from till.shift where drawer_shift_id = d.id) p
          where p.told <> case when p.open = 0 and p.counts > 0 then 1 else 0 end`,
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
    name: "LED-13 deposits of empties are owed no more",
    description: "The books owe so much less as was given for empties",
    sql: `select e.number as example from till.empties e left join ledger.read_owed_source s on s.source_type = 'empties' and s.source_id = e.command_id
          where e.chain = 'T' and e.channel_id is not null and coalesce(s.amount, 0) <> -e.total`,
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
          where m.seq is not null and (e.seq is null or e.body -> 'document' ->> 'number' <> m.number) or c.amount is distinct from -m.total
             or m.total <> (select sum((line ->> 'quantity')::bigint * (line ->> 'each')::bigint) from jsonb_array_elements(m.lines) as line)
             or (e.body -> 'document' ->> 'total')::bigint <> -m.total`,
  },
  {
    name: "TIL-6 every ticket has its entry and its money",
    description: "A ticket's total is on its journal entry, and its tenders are those of the order",
    sql: `select s.number as example from till.sale s
          left join till.fiscal_entry e on e.register_id = s.register_id and e.chain = s.chain and e.seq = s.seq
          where s.seq is not null and (e.seq is null or e.body -> 'document' ->> 'number' <> s.number)
             or e.seq is not null and (select coalesce(sum((t ->> 'amount')::bigint), 0) from jsonb_array_elements(e.body -> 'document' -> 'tenders') as t
                 where t ->> 'state' in ('captured', 'refunded') and t ->> 'kind' <> 'due_at_collection') <> s.total`,
  },
];
