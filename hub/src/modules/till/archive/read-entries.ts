import type { RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import type { Db } from "../../../platform/index.ts";
import type { Chain, FiscalEntry } from "../fiscal/index.ts";
import { entryOfRow, SIGNED_ENTRY, type SignedRow } from "../journal/rows.ts";
import type { ArchivedEntry, HashedEntry } from "./format.ts";

/** So many entries are in memory at a time, each with its document. */
const PAGE = 500;

/** An entry that has no signature lacks what a signed one has; then the hash of the one before stands in its place. */
type EntryRow = SignedRow & { readonly at: Date; readonly code: string; readonly prev_hash: string | null };

/** From which to which number of a chain. */
export type Range = { readonly from: number; readonly to: number };

/** Entries of one chain of a register within a range, in their order, some at a time. */
export async function* entriesOf(
  db: Db,
  registerId: RegisterId,
  chain: Chain,
  { from, to }: Range,
): AsyncGenerator<readonly ArchivedEntry[]> {
  let after = from - 1;
  for (;;) {
    const { rows } = await sql<EntryRow>`
      select ${SIGNED_ENTRY}, e.at, r.code, encode(e.prev_hash, 'hex') as prev_hash
        from till.fiscal_entry e join till.register r on r.id = e.register_id
       where e.register_id = ${registerId} and e.chain = ${chain} and e.seq > ${after} and e.seq <= ${to}
       order by e.seq limit ${PAGE}`.execute(db);
    if (rows.length > 0) yield rows.map((row) => (row.prev_hash === null ? entryOfRow(row) : hashedOf(row, row.prev_hash)));
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.seq ?? to;
  }
}

/** Signed entries of a register in the order of its journal, one by one: what `verifyEntries` reads. */
export async function* journalOf(db: Db, registerId: RegisterId): AsyncGenerator<FiscalEntry> {
  let after = 0;
  for (;;) {
    const { rows } = await sql<SignedRow>`
      select ${SIGNED_ENTRY} from till.fiscal_entry e
       where e.register_id = ${registerId} and e.journal_seq > ${after} order by e.journal_seq limit ${PAGE}`.execute(db);
    for (const row of rows) yield entryOfRow(row);
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.journal_seq ?? 0;
  }
}

function hashedOf(row: EntryRow, previousHash: string): HashedEntry {
  return {
    hashed: true,
    registerId: row.register_id,
    register: row.code,
    chain: row.chain,
    seq: row.seq,
    type: row.kind,
    ts: row.at.toISOString(),
    businessDate: row.business_date,
    bodyHash: row.body_hash,
    previousHash,
    body: row.body,
  };
}
