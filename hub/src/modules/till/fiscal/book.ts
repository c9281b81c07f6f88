import { addDays, businessDate, type BusinessDate } from "@weft/kernel";
import { JET } from "./jet.ts";
import { joined, NO_TOTALS, raised, type Raise } from "./totals.ts";
import type {
  Base,
  Chain,
  ClosingDocument,
  DuplicateDocument,
  EventDocument,
  FiscalEntry,
  Head,
  PeriodKind,
  PublicKey,
  RegisterBook,
  RegisterIdentity,
  TicketFacts,
} from "./types.ts";
import { firstYear, fiscalYearIn, isYearStart, keyOf, monthOf, nextYear, withFiscalYear, yearStartOf } from "./year.ts";

/** Before the first entry. */
export const NOTHING: Head = { seq: 0, sig: "" };

/** Where a register begins that wrote nothing before. */
export const FROM_NOTHING: Base = { heads: {}, journal: NOTHING };

/** What an event of a first entry or a change of key says: from it a book is folded again. */
export type KeyDetail = { readonly keyId: string; readonly publicKey: PublicKey; readonly lost: boolean };

/** A book without entries: chains go on from `base`, totals begin at nothing. */
export function emptyBook(
  register: RegisterIdentity,
  base: Base,
  date: BusinessDate,
  keyId: string,
  softwareVersion: string,
): RegisterBook {
  const period = (key: string) => ({ key, from: date, afterTicket: base.heads.T?.seq ?? 0, totals: NO_TOTALS });
  return {
    format: 1,
    register,
    keyId,
    heads: base.heads,
    journal: base.journal,
    day: period(date),
    month: period(monthOf(date)),
    year: { ...period(""), ...firstYear(date, register.yearStart) },
    shift: period(""),
    perpetual: NO_TOTALS,
    copies: {},
    softwareVersion,
  };
}

export const headOf = (book: RegisterBook, chain: Chain): Head => book.heads[chain] ?? NOTHING;

/** The business date of an instant at a register, by its clock alone. */
export const dateAt = ({ register }: RegisterBook, at: Date): BusinessDate => businessDate(at, register.timeZone, register.dayEnd);

/** The number that is printed: the register, its chain where that is not T, and the place in it. */
export function numberOf(registerCode: string, chain: Chain, seq: number): string {
  return `${registerCode}-${chain === "T" ? "" : chain}${String(seq).padStart(6, "0")}`;
}

/** The book with one more entry; the entry is not questioned here. */
export function advance(book: RegisterBook, entry: FiscalEntry): RegisterBook {
  const next: RegisterBook = {
    ...book,
    heads: { ...book.heads, [entry.chain]: { seq: entry.seq, sig: entry.sig } },
    journal: { seq: entry.journalSeq, sig: entry.sig },
    softwareVersion: entry.softwareVersion,
    ...(book.register.training && { day: { ...book.day, key: entry.businessDate, from: entry.businessDate } }),
  };
  switch (entry.type) {
    case "event":
      return afterEvent(next, entry.body.document as EventDocument); // the type says what the document is
    case "duplicate":
      return afterCopy(next, entry.body.document as DuplicateDocument); // as above
    case "shift":
    case "day":
    case "month":
    case "year":
      return entry.chain === "G" ? afterClosing(next, entry.type, entry.body.document as ClosingDocument) : next; // as above
    default:
      return entry.chain === "T" ? afterTicket(next, entry.body.document as TicketFacts) : next; // as above
  }
}

/** A sale raises what is open and the perpetual totals; months and years get it with the closing of its day [R5, R6]. */
function afterTicket(book: RegisterBook, ticket: Raise): RegisterBook {
  return {
    ...book,
    shift: { ...book.shift, totals: raised(book.shift.totals, ticket) },
    day: { ...book.day, totals: raised(book.day.totals, ticket) },
    perpetual: raised(book.perpetual, ticket),
  };
}

function afterClosing(book: RegisterBook, kind: PeriodKind, { key, to, tickets }: ClosingDocument): RegisterBook {
  const from = addDays(to, 1);
  const opened = (next: string) => ({ key: next, from, afterTicket: tickets.to, totals: NO_TOTALS });
  switch (kind) {
    case "shift":
      return { ...book, shift: { ...opened(""), from: book.day.key } };
    case "day":
      return { ...book, day: opened(addDays(key, 1)), month: { ...book.month, totals: joined(book.month.totals, book.day.totals) } };
    case "month":
      return { ...book, month: opened(keyOf(from)), year: { ...book.year, totals: joined(book.year.totals, book.month.totals) } };
    case "year":
      return { ...book, year: { ...opened(""), ...nextYear(from, yearStartOf(book)) } };
  }
}

function afterEvent(book: RegisterBook, event: EventDocument): RegisterBook {
  const start = fiscalYearIn(event);
  if (start !== undefined) return isYearStart(start) ? withFiscalYear(book, start) : book;
  const key = keyIn(event);
  return key ? { ...book, keyId: key.keyId } : book;
}

/** The key that a first entry or a change of key brings in. */
export function keyIn({ code, detail }: EventDocument): KeyDetail | undefined {
  const key = code === JET.initialization || code === JET.setting ? detail?.["signingKey"] : undefined;
  return key === undefined ? undefined : (key as KeyDetail); // written by `openBook` and `changeKey` only
}

function afterCopy(book: RegisterBook, { of, copy }: DuplicateDocument): RegisterBook {
  return { ...book, copies: { ...book.copies, [placeOfCopy(book, of)]: copy } };
}

type Copied = Pick<DuplicateDocument["of"], "register" | "chain" | "seq">;

/** How many copies of a ticket this register made. */
export const copiesOf = (book: RegisterBook, of: Copied): number => book.copies[placeOfCopy(book, of)] ?? 0;

function placeOfCopy({ register: { code } }: RegisterBook, { register, chain, seq }: Copied): string {
  return `${register === code ? "" : `${register}/`}${chain}/${seq}`;
}
