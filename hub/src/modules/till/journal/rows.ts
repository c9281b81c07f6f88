import type { Id, RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import type { Chain, ClosingDocument, FiscalEntry, PublicKey, RegisterBook, RegisterIdentity, RegisterKey } from "../fiscal/index.ts";
import type { KnownRegister } from "../queries/registers.ts";

/** Columns of `till.fiscal_entry e` that a signed entry is made of again. */
export const SIGNED_ENTRY = sql`
  e.entity_id, e.place_id, e.register_id, e.register_code, e.chain, e.seq::integer, e.journal_seq::integer, e.ts, e.business_date::text,
  e.operator_id, e.kind, e.software_version, e.payload, encode(e.body_hash, 'hex') as body_hash, e.prev_sig, e.journal_prev_sig, e.key_id, e.sig,
  e.body`;

export type SignedRow = {
  entity_id: string;
  place_id: string;
  register_id: string;
  register_code: string;
  chain: Chain;
  seq: number;
  journal_seq: number;
  ts: string;
  business_date: string;
  operator_id: string | null;
  kind: FiscalEntry["type"];
  software_version: string;
  payload: string;
  body_hash: string;
  prev_sig: string;
  journal_prev_sig: string;
  key_id: string;
  sig: string;
  body: FiscalEntry["body"];
};

/** An entry as its register signed it. */
export function entryOfRow(row: SignedRow): FiscalEntry {
  return {
    entityId: row.entity_id,
    placeId: row.place_id,
    registerId: row.register_id,
    register: row.register_code,
    chain: row.chain,
    seq: row.seq,
    journalSeq: row.journal_seq,
    ts: row.ts,
    businessDate: row.business_date,
    operator: row.operator_id,
    type: row.kind,
    softwareVersion: row.software_version,
    payload: row.payload,
    bodyHash: row.body_hash,
    prevSig: row.prev_sig,
    journalPrevSig: row.journal_prev_sig,
    keyId: row.key_id,
    sig: row.sig,
    body: row.body,
  };
}

/** Keeps entries that were found right, and the closings among them. */
export async function keepEntries(
  ctx: Ctx,
  register: KnownRegister,
  { timeZone }: Pick<RegisterIdentity, "timeZone">,
  entries: readonly FiscalEntry[],
): Promise<void> {
  const channelId = register.channelId ?? ctx.actor.channelId;
  const rows = entries.map((entry) => ({ ...entry, id: ctx.newId<Id<"journal entry">>() }));
  await sql`
    insert into till.fiscal_entry (register_id, chain, seq, id, kind, at, received_at, entity_id, place_id, channel_id, business_date, time_zone,
                                   operator_id, body, body_hash, journal_seq, ts, register_code, software_version, payload, prev_sig,
                                   journal_prev_sig, key_id, sig)
    select ${register.id}, n ->> 'chain', (n ->> 'seq')::bigint, (n ->> 'id')::uuid, n ->> 'type', (n ->> 'ts')::timestamptz, ${ctx.now},
           (n ->> 'entityId')::uuid, (n ->> 'placeId')::uuid, ${channelId}::uuid, (n ->> 'businessDate')::date, ${timeZone},
           (n ->> 'operator')::uuid, n -> 'body', decode(n ->> 'bodyHash', 'hex'), (n ->> 'journalSeq')::bigint, n ->> 'ts', n ->> 'register',
           n ->> 'softwareVersion', n ->> 'payload', n ->> 'prevSig', n ->> 'journalPrevSig', n ->> 'keyId', n ->> 'sig'
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) as n`.execute(ctx.db);
  for (const entry of entries) if (entry.chain === "G") await keepTotal(ctx, register, entry);
}

async function keepTotal(ctx: Ctx, register: KnownRegister, entry: FiscalEntry): Promise<void> {
  const { period, key, totals, perpetual } = entry.body.document as ClosingDocument; // of chain G, and found right
  await sql`
    insert into till.fiscal_total (register_id, period_kind, period_key, net, absolute, perpetual_net, perpetual_absolute, by_rate, closing_seq)
    values (${register.id}, ${period}, ${key}, ${totals.net}, ${totals.absolute}, ${perpetual.net}, ${perpetual.absolute},
            ${JSON.stringify(totals.byRate)}::jsonb, ${entry.seq})
    on conflict do nothing`.execute(ctx.db);
}

/** The hub's fold of a register's entries; none before its first. */
export async function readBook(ctx: Pick<ReadCtx, "db">, registerId: RegisterId): Promise<RegisterBook | undefined> {
  const { rows } = await sql<{ book: RegisterBook }>`select book from till.register_book where register_id = ${registerId}`.execute(ctx.db);
  return rows[0]?.book;
}

export async function keepBook(ctx: Ctx, registerId: RegisterId, book: RegisterBook): Promise<void> {
  await sql`
    insert into till.register_book (register_id, book, at) values (${registerId}, ${JSON.stringify(book)}::jsonb, ${ctx.now})
    on conflict (register_id) do update set book = excluded.book, at = excluded.at`.execute(ctx.db);
}

/** The keys that a register ever had, the first one first. */
export async function registerKeys(ctx: Pick<ReadCtx, "db">, registerId: RegisterId): Promise<RegisterKey[]> {
  const { rows } = await sql<{ key_id: string; public_key: PublicKey; from_journal_seq: number; lost: boolean }>`
    select key_id, public_key, from_journal_seq::integer, lost from till.register_key
    where register_id = ${registerId} order by from_journal_seq, enrolled_at`.execute(ctx.db);
  return rows.map((row) => ({ keyId: row.key_id, publicKey: row.public_key, fromJournalSeq: row.from_journal_seq, lost: row.lost }));
}

/** The signature that stands at a place of a register's journal. */
export async function sigAt(ctx: Pick<ReadCtx, "db">, registerId: RegisterId, journalSeq: number): Promise<string | undefined> {
  const { rows } = await sql<{ sig: string }>`
    select sig from till.fiscal_entry where register_id = ${registerId} and journal_seq = ${journalSeq}`.execute(ctx.db);
  return rows[0]?.sig;
}
