import { SignedEntry } from "@weft/contracts";
import { isId, type Id, type RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { JournalDefectsChanged } from "../events.ts";
import {
  advance,
  beginning,
  canonical,
  checkNext,
  isDefect,
  keyIn,
  NOTHING,
  openKeys,
  type EventDocument,
  type FiscalEntry,
  type Head,
  type Keys,
  type RegisterBook,
} from "../fiscal/index.ts";
import type { KnownRegister } from "../queries/registers.ts";
import { baseOf, identityOf } from "./identity.ts";
import { numberTickets } from "./number-tickets.ts";
import { keepBook, keepEntries, readBook, registerKeys, sigAt } from "./rows.ts";
import { forgetUnsigned } from "./unsigned.ts";

/** An entry that did not come to stand in the journal, and why. */
export type RefusedEntry = {
  readonly journalSeq: number | null;
  readonly code: string;
  readonly detail: string;
};

export type EntriesTaken = {
  /** Where the journal stands now. */
  readonly head: Head;
  readonly refused: readonly RefusedEntry[];
  /** The number that this command's ticket has from its entry. */
  readonly receiptNumber: string | null;
};

/** What is being taken, entry after entry. */
type Taking = {
  readonly ctx: Ctx;
  readonly register: KnownRegister;
  readonly commandId: string;
  keys: Keys;
  book: RegisterBook | undefined;
  /** New ones that were found right, and such that the hub had already. */
  readonly accepted: FiscalEntry[];
  readonly known: FiscalEntry[];
  readonly refused: RefusedEntry[];
};

/**
 * Takes the entries that a register signed, in the transaction of the command that they came with [JRN-7]: each is held against the hub's fold of
 * that register and stands if it is the next one. What is not is refused, kept whole as evidence, and stops nothing: a sale happened, whatever
 * its entry is worth [JRN-10]. The caller holds the register's row.
 */
export async function takeEntries(ctx: Ctx, register: KnownRegister, sent: readonly unknown[], commandId: string): Promise<EntriesTaken> {
  const [book, keys] = [await readBook(ctx, register.id), await openKeys(await registerKeys(ctx, register.id))];
  const taking: Taking = { ctx, register, commandId, keys, book, accepted: [], known: [], refused: [] };
  for (const raw of sent) await takeEntry(taking, raw);
  const { accepted, known, refused } = taking;
  if (taking.book && accepted.length > 0) {
    await keepEntries(ctx, register, taking.book.register, accepted);
    await keepBook(ctx, register.id, taking.book);
  }
  await settleDefects(taking);
  const standing = [...known, ...accepted];
  const numbers = await numberTickets(ctx, register, standing);
  const commandIds = standing.flatMap((entry) => commandOf(entry) ?? []);
  if (commandIds.length > 0) await forgetUnsigned(ctx, register.id, commandIds);
  return { head: taking.book?.journal ?? NOTHING, refused, receiptNumber: numbers.get(commandId) ?? null };
}

/**
 * Looks at the entries of a command that is not the next one of its register: those that stand beside ours are a second branch, as a copied till
 * writes it, and are kept as evidence [JRN-10].
 */
export async function keepBranch(ctx: Ctx, register: KnownRegister, sent: readonly unknown[], commandId: string): Promise<void> {
  const book = await readBook(ctx, register.id);
  const taking: Taking = { ctx, register, commandId, keys: new Map(), book, accepted: [], known: [], refused: [] };
  for (const raw of sent) {
    const entry = readEntry(raw);
    if (entry && book && entry.journalSeq <= book.journal.seq) await compareKnown(taking, entry);
  }
  if (taking.refused.length > 0) await tellDefects(taking);
}

async function takeEntry(taking: Taking, raw: unknown): Promise<void> {
  const entry = readEntry(raw);
  if (!entry) return refuse(taking, raw, [{ code: "#VERIFY", detail: "not an entry that can be read" }]);
  if (taking.book && entry.journalSeq <= taking.book.journal.seq) return compareKnown(taking, entry);
  const book = taking.book ?? (await openedBy(taking, entry));
  if (!book) return refuse(taking, entry, [{ code: "#CHAIN", detail: "the journal does not begin as the hub knows its register" }]);
  const flaws = (await checkNext(book, entry, taking.keys)).filter(isDefect);
  if (flaws.length > 0) return refuse(taking, entry, flaws);
  taking.book = advance(book, entry);
  taking.accepted.push(entry);
  await takeChangedKey(taking, entry);
}

/** A key that the one before it brings in, under its own signature, is enrolled by that [JRN-8]. */
async function takeChangedKey(taking: Taking, { type, keyId, journalSeq, body }: FiscalEntry): Promise<void> {
  const brought = type === "event" ? keyIn(body.document as EventDocument) : undefined; // the type says what the document is
  if (!brought || brought.lost || brought.keyId === keyId) return;
  const { ctx, register } = taking;
  await sql`
    insert into till.register_key (register_id, key_id, public_key, from_journal_seq, lost, enrolled_at, device_id)
    values (${register.id}, ${brought.keyId}, ${JSON.stringify(brought.publicKey)}::jsonb, ${journalSeq + 1}, false, ${ctx.now},
            ${ctx.actor.device?.id ?? null}) on conflict do nothing`.execute(ctx.db);
  await sql`update till.register set key_id = ${brought.keyId} where id = ${register.id}`.execute(ctx.db);
  taking.keys = await openKeys(await registerKeys(ctx, register.id));
}

/** One that the hub has at that place already is the same entry sent again, or a second branch. */
async function compareKnown(taking: Taking, entry: FiscalEntry): Promise<void> {
  const { ctx, register, accepted } = taking;
  const here = accepted.find(({ journalSeq }) => journalSeq === entry.journalSeq)?.sig ?? (await sigAt(ctx, register.id, entry.journalSeq));
  if (here === entry.sig) taking.known.push(entry);
  else await refuse(taking, entry, [{ code: "#BRANCH", detail: `another entry stands at ${entry.journalSeq} already` }]);
}

/** The book that a first entry begins, if it says of the register what the hub knows, and goes on from where the hub's entries end. */
async function openedBy({ ctx, register }: Taking, entry: FiscalEntry): Promise<RegisterBook | undefined> {
  const book = beginning(entry);
  if (!book) return undefined;
  const [identity, base] = [await identityOf(ctx, register), await baseOf(ctx, register.id)];
  const isOurs =
    canonical(book.register) === canonical(identity) && canonical(base) === canonical({ heads: book.heads, journal: book.journal });
  return isOurs ? book : undefined;
}

/** What a database can keep: text with a null sign or half a character is no JSON for it. */
function readEntry(raw: unknown): FiscalEntry | undefined {
  const read = SignedEntry.safeParse(raw);
  if (!read.success || !isKept(read.data)) return undefined;
  return read.data as unknown as FiscalEntry; // its body is held against its type by `checkNext`
}

function isKept(value: unknown): boolean {
  const text = JSON.stringify(value);
  return !text.includes("\\u0000") && text.isWellFormed() && !/\\ud[89a-f]/i.test(text);
}

/** Kept whole as evidence, once. */
async function refuse(
  { ctx, register, commandId, refused }: Taking,
  raw: unknown,
  flaws: readonly { readonly code: string; readonly detail: string }[],
): Promise<void> {
  const entry = readEntry(raw);
  const [code, detail] = [flaws[0]?.code ?? "#VERIFY", flaws.map((flaw) => `${flaw.code} ${flaw.detail}`).join("; ")];
  const kept = isKept(raw) ? JSON.stringify(raw) : JSON.stringify({ unreadable: JSON.stringify(raw).replaceAll("\\", "/") });
  refused.push({ journalSeq: entry?.journalSeq ?? null, code, detail });
  await sql`
    insert into till.fiscal_defect (id, register_id, command_id, chain, seq, journal_seq, sig, code, detail, entry, found_at)
    select ${ctx.newId<Id<"fiscal defect">>()}, ${register.id}, ${commandId}, ${entry?.chain ?? null}, ${entry?.seq ?? null}::bigint,
           ${entry?.journalSeq ?? null}::bigint, ${entry?.sig ?? null}, ${code}, ${detail.slice(0, 2000)}, ${kept}::jsonb, ${ctx.now}
    where not exists (select from till.fiscal_defect d
                       where d.register_id = ${register.id} and d.command_id = ${commandId} and d.entry = ${kept}::jsonb)`.execute(ctx.db);
}

/** Once a journal goes on under a new key after its old one was lost, what was refused before is settled: it stays as evidence. */
async function settleDefects(taking: Taking): Promise<void> {
  const { ctx, register, accepted, refused } = taking;
  const goesOn = accepted.some(({ type, body }) => type === "event" && keyIn(body.document as EventDocument)?.lost); // the type says it
  if (goesOn)
    await sql`update till.fiscal_defect set settled_at = ${ctx.now} where register_id = ${register.id} and settled_at is null`.execute(
      ctx.db,
    );
  if (goesOn || refused.length > 0) await tellDefects(taking);
}

async function tellDefects({ ctx, register: { id, placeId } }: Taking): Promise<void> {
  await publish(ctx, JournalDefectsChanged, `register/${id}`, { registerId: id, placeId, open: await openDefects(ctx, id) });
}

/** The command that an entry stands for. */
function commandOf({ body }: FiscalEntry): string | undefined {
  const document = body.document as Readonly<Record<string, unknown>>; // plain values, whatever its type
  const detail = document["detail"] as typeof document | null | undefined; // of events and closings
  const named = document["commandId"] ?? detail?.["commandId"];
  return typeof named === "string" && isId(named) ? named : undefined;
}

/** How many refused entries of a register nobody has dealt with. */
export async function openDefects(ctx: Pick<Ctx, "db">, registerId: RegisterId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from till.fiscal_defect where register_id = ${registerId} and settled_at is null`.execute(ctx.db);
  return rows[0]?.count ?? 0;
}
