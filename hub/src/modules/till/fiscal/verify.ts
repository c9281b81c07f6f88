import { advance, emptyBook, keyIn, NOTHING } from "./book.ts";
import { checkNext, isDefect, type Keys, type OpenKey } from "./check.ts";
import { openKey } from "./signing.ts";
import type { Base, ClosingDocument, EventDocument, FiscalEntry, Finding, RegisterBook, RegisterIdentity, RegisterKey } from "./types.ts";

export type Verification = {
  /** Entries that were looked at. */
  readonly entries: number;
  /** Everything that is wrong, and where a journal goes on under a new key after the old one was lost (`continued`). */
  readonly findings: readonly Finding[];
  /** The book as the entries leave it; none where the first one does not open a journal. */
  readonly book: RegisterBook | undefined;
};

/**
 * Recomputes every entry of one register, in the order of its journal, and names each that fails with its reason [R12]. It goes on after a
 * failure from what the failing entry says of itself, so that one forged entry is one finding and not all that follow.
 */
export async function verifyEntries(
  entries: Iterable<FiscalEntry> | AsyncIterable<FiscalEntry>,
  keys: readonly RegisterKey[],
): Promise<Verification> {
  const open = await openKeys(keys);
  const findings: Finding[] = [];
  let count = 0;
  let book: RegisterBook | undefined;
  for await (const entry of entries) {
    count += 1;
    book ??= beginning(entry);
    if (!book) {
      findings.push(nameOf(entry, "the journal does not begin with its opening"));
      continue;
    }
    const found = await checkNext(book, entry, open);
    findings.push(...found);
    book = goOn(book, entry, found);
  }
  return { entries: count, findings, book };
}

/** The book again, from entries that are right [I5]. */
export function foldBook(entries: Iterable<FiscalEntry>): RegisterBook | undefined {
  let book: RegisterBook | undefined;
  for (const entry of entries) {
    book ??= beginning(entry);
    if (book) book = advance(book, entry);
  }
  return book;
}

/** Public keys, ready to check with; one that is no key is left out, and what it signed fails. */
export async function openKeys(keys: readonly RegisterKey[]): Promise<Keys> {
  const open = new Map<string, OpenKey>();
  for (const { keyId, publicKey, fromJournalSeq, lost } of keys) {
    const key = await openKey(publicKey);
    if (key) open.set(keyId, { keyId, key, fromJournalSeq, lost });
  }
  return open;
}

/** The book before the first entry, from what that says of the register and of where its chains go on. */
export function beginning(first: FiscalEntry): RegisterBook | undefined {
  if (first.type !== "event") return undefined;
  const event = first.body.document as EventDocument; // the type says what the document is
  const key = keyIn(event);
  const register = event.detail?.["register"] as RegisterIdentity | undefined; // written by `openBook`
  const base = (event.detail?.["began"] ?? { heads: {}, journal: NOTHING }) as Base; // as above
  return key && register && emptyBook(register, base, first.businessDate, key.keyId, first.softwareVersion);
}

function nameOf({ registerId, chain, seq, journalSeq }: FiscalEntry, detail: string): Finding {
  return { code: "#VERIFY", registerId, chain, seq, journalSeq, detail };
}

/** After a closing that does not sum what came, the next ones are held against what it says. */
function goOn(book: RegisterBook, entry: FiscalEntry, found: readonly Finding[]): RegisterBook {
  if (!found.some(isDefect)) return advance(book, entry);
  try {
    const next = advance(book, entry);
    if (entry.chain !== "G") return next;
    const { perpetual } = entry.body.document as ClosingDocument; // of chain G
    return { ...next, perpetual };
  } catch {
    return book;
  }
}
