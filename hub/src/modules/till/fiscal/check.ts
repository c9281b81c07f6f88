import { copiesOf, headOf, keyIn, numberOf } from "./book.ts";
import { canonical, hashOf } from "./encoding.ts";
import { payloadOf } from "./payload.ts";
import { isSignedBy, signedBytes, type SigningKey } from "./signing.ts";
import { paidIn, raised } from "./totals.ts";
import type {
  ClosingDocument,
  DuplicateDocument,
  EventDocument,
  FiscalEntry,
  Finding,
  FindingCode,
  PeriodKind,
  RegisterBook,
  TicketBody,
  TicketDocument,
  Totals,
} from "./types.ts";
import { endOfMonth, endOfYear, fiscalYearIn, isYearStart } from "./year.ts";

/** A key that is ready to check with, and from which entry on it signs. A register's keys stand in the order in which they were enrolled. */
export type OpenKey = { readonly keyId: string; readonly key: SigningKey; readonly fromJournalSeq: number; readonly lost: boolean };
export type Keys = ReadonlyMap<string, OpenKey>;

type Flaw = { readonly code: FindingCode; readonly detail: string };

/**
 * What is wrong with the entry that comes next in a register's journal [I2-I7]: its number and links, its content, its signature, the day
 * that it belongs to, its totals and its money. An empty answer: it may stand.
 */
export async function checkNext(book: RegisterBook, entry: FiscalEntry, keys: Keys): Promise<readonly Finding[]> {
  const { registerId, chain, seq, journalSeq } = entry;
  return (await flawsOf(book, entry, keys)).map((flaw) => ({ ...flaw, registerId, chain, seq, journalSeq }));
}

/** An entry whose shape is broken fails like any other. */
async function flawsOf(book: RegisterBook, entry: FiscalEntry, keys: Keys): Promise<Flaw[]> {
  try {
    return [...numbering(book, entry), ...(await content(entry)), ...(await signature(book, entry, keys)), ...meaning(book, entry)];
  } catch (error) {
    return [{ code: "#VERIFY", detail: `cannot be read: ${String(error)}` }];
  }
}

/** Whether an entry may stand in the journal: a key that was lost and enrolled anew is no defect. */
export const isDefect = ({ code }: Pick<Finding, "code">): boolean => code !== "continued";

function numbering(book: RegisterBook, entry: FiscalEntry): Flaw[] {
  const head = headOf(book, entry.chain);
  const flaws: Flaw[] = [];
  const expect = (is: boolean, code: FindingCode, detail: string) => is || flaws.push({ code, detail });
  const { registerId, code, entityId, placeId } = book.register;
  expect(entry.registerId === registerId && entry.register === code, "#CHAIN", "of another register");
  expect(entry.entityId === entityId && entry.placeId === placeId, "#CHAIN", "of another legal entity or place");
  expect(entry.seq === head.seq + 1, "#SEQUENCE", `number ${entry.seq} follows ${head.seq}`);
  expect(entry.journalSeq === book.journal.seq + 1, "#SEQUENCE", `journal number ${entry.journalSeq} follows ${book.journal.seq}`);
  expect(entry.prevSig === head.sig, "#CHAIN", "does not follow the entry before it in its chain");
  expect(entry.journalPrevSig === book.journal.sig, "#CHAIN", "does not follow the entry before it in the journal");
  return flaws;
}

async function content(entry: FiscalEntry): Promise<Flaw[]> {
  const flaws: Flaw[] = [];
  if ((await hashOf(canonical(entry.body))) !== entry.bodyHash)
    flaws.push({ code: "#VERIFY", detail: "the document is not the one of its hash" });
  if (payloadOf(entry) !== entry.payload) flaws.push({ code: "#VERIFY", detail: "the signed string is not the one of its document" });
  return flaws;
}

async function signature(book: RegisterBook, entry: FiscalEntry, keys: Keys): Promise<Flaw[]> {
  const key = inForce(keys, entry.journalSeq);
  if (key?.keyId !== entry.keyId) return [{ code: "#SIGNATURE", detail: "its key was not the enrolled one then" }];
  if (!(await isSignedBy(key.key, entry.sig, signedBytes(entry)))) return [{ code: "#SIGNATURE", detail: "not the signature of its key" }];
  if (entry.keyId === book.keyId) return [];
  const brought = entry.type === "event" ? keyIn(entry.body.document as EventDocument) : undefined; // the type says what the document is
  const isContinuation = key.lost && brought?.keyId === entry.keyId && entry.journalSeq === key.fromJournalSeq;
  return isContinuation
    ? [{ code: "continued", detail: "the key before was lost; a manager enrolled this one" }]
    : [{ code: "#SIGNATURE", detail: "another key than the journal's" }];
}

/** The key of an entry's place: of those enrolled by then the last one, so a lost key signs nothing any more. */
function inForce(keys: Keys, journalSeq: number): OpenKey | undefined {
  return [...keys.values()].findLast(({ fromJournalSeq }) => fromJournalSeq <= journalSeq);
}

/** What an entry says, against what the register's book says. */
function meaning(book: RegisterBook, entry: FiscalEntry): Flaw[] {
  const { document } = entry.body;
  switch (entry.type) {
    case "shift":
    case "day":
    case "month":
    case "year":
      return entry.chain === "G" ? closing(book, entry, entry.type, document as ClosingDocument) : misplaced(entry); // the type says it
    case "duplicate":
      return [...onItsDay(book, entry), ...copyNumber(book, document as DuplicateDocument)]; // as above
    case "event":
      if (entry.chain !== "L" && entry.chain !== "X") return misplaced(entry);
      return [...onItsDay(book, entry), ...namesYearStart(document as EventDocument)]; // as above
    case "archive":
      return entry.chain === "A" ? onItsDay(book, entry) : misplaced(entry);
    case "payment":
    case "invoice":
    case "bill":
      return entry.chain === "T" || entry.chain === "G" ? misplaced(entry) : onItsDay(book, entry);
    default:
      return ticket(book, entry, document as TicketDocument); // as above
  }
}

/** A year begins with a day that every year has [FIS-12]. */
function namesYearStart(event: EventDocument): Flaw[] {
  const start = fiscalYearIn(event);
  return start === undefined || isYearStart(start) ? [] : [{ code: "#VERIFY", detail: `a year cannot begin with ${start}` }];
}

const misplaced = ({ type, chain }: FiscalEntry): Flaw[] => [{ code: "#CHAIN", detail: `${type} on chain ${chain}` }];

/** No entry joins a day that is closed, and none skips the closing of a day, month or year that is over [I6, R6]. */
function onItsDay(book: RegisterBook, { businessDate }: FiscalEntry): Flaw[] {
  const { day, month, register } = book;
  if (register.training) return businessDate >= day.key ? [] : [{ code: "#CLOSING", detail: `goes back to ${businessDate}` }];
  if (businessDate < day.key) return [{ code: "#CLOSING", detail: `${businessDate} is closed` }];
  if (businessDate > day.key) return [{ code: "#CLOSING", detail: `${day.key} was not closed before it` }];
  const isNested = day.key <= endOfMonth(book) && day.key <= endOfYear(book);
  return isNested ? [] : [{ code: "#CLOSING", detail: `${month.key} was not closed before it` }];
}

function ticket(book: RegisterBook, entry: FiscalEntry, { number, total, taxes, tenders }: TicketDocument): Flaw[] {
  const flaws = onItsDay(book, entry);
  if (entry.chain !== "T" && entry.chain !== "X") return misplaced(entry);
  if (entry.chain === "T" && book.register.training) return misplaced(entry);
  if (number !== numberOf(entry.register, entry.chain, entry.seq))
    flaws.push({ code: "#SEQUENCE", detail: `the ticket is numbered ${number}` });
  if (paidIn(tenders) !== total) flaws.push({ code: "#PAYMENTS", detail: `${total} and ${paidIn(tenders)} paid` });
  const wrong = tenders.find((tender) => !isGivenRight(tender));
  if (wrong) flaws.push({ code: "#PAYMENTS", detail: `${wrong.kind} of ${wrong.amount} is not what was received less change` });
  const split = taxes.reduce((sum, { gross }) => sum + gross, 0);
  if (split !== total) flaws.push({ code: "#TOTALS", detail: `${total} and a VAT split of ${split}` });
  const { perpetual } = entry.body as TicketBody; // the type says what the body is
  const expected = entry.chain === "T" ? raised(book.perpetual, { total, taxes }) : null;
  const isRight = perpetual?.net === expected?.net && perpetual?.absolute === expected?.absolute;
  if (!isRight) flaws.push({ code: "#TOTALS", detail: "its perpetual totals are not those of the tickets before it and itself" });
  return flaws;
}

/** Payments less change [I7]: what was handed over is the amount, its rounding, the tip and the change. */
function isGivenRight({ amount, received, change, rounding = 0, tip = 0 }: TicketDocument["tenders"][number]): boolean {
  return received === undefined || received === null || received - (change ?? 0) === amount + rounding + tip;
}

/** A closing covers exactly what came since the last one of its kind, after what it holds was closed [I6], and sums it [I5]. */
function closing(book: RegisterBook, entry: FiscalEntry, kind: PeriodKind, said: ClosingDocument): Flaw[] {
  const flaws: Flaw[] = [];
  const expect = (is: boolean, code: FindingCode, detail: string) => is || flaws.push({ code, detail });
  const period = book[kind];
  const last = headOf(book, "T").seq;
  expect(said.period === kind && entry.businessDate === said.to, "#CLOSING", "its period is not its type's");
  expect(kind === "shift" || said.key === period.key, "#CLOSING", `${said.key} where ${period.key} is open`);
  expect(said.from === period.from, "#CLOSING", `begins ${said.from} where ${period.from} is open`);
  expect(isInside(book, kind, said), "#CLOSING", "what it holds was not closed before it");
  expect(
    said.tickets.from === period.afterTicket + 1 && said.tickets.to === last && said.tickets.count === last - period.afterTicket,
    "#CLOSING",
    `covers ${said.tickets.from} to ${said.tickets.to} where ${period.afterTicket + 1} to ${last} came`,
  );
  expect(isSame(said.totals, period.totals), "#TOTALS", "its totals are not those of its tickets");
  expect(isSame(said.perpetual, book.perpetual), "#TOTALS", "its perpetual totals are not those of all tickets");
  return flaws;
}

function isInside(book: RegisterBook, kind: PeriodKind, { key, to }: ClosingDocument): boolean {
  const { day, month } = book;
  switch (kind) {
    case "shift":
      return to === day.key;
    case "day":
      return to === key && key <= endOfMonth(book) && key <= endOfYear(book);
    case "month":
      return to === endOfMonth(book) && day.key > to;
    case "year":
      return to === endOfYear(book) && month.from > to;
  }
}

const isSame = (a: Totals, b: Totals): boolean => canonical(a) === canonical(b);

function copyNumber(book: RegisterBook, { of, copy }: DuplicateDocument): Flaw[] {
  const before = copiesOf(book, of);
  return copy === before + 1 ? [] : [{ code: "#SEQUENCE", detail: `copy ${copy} of ${of.number} follows ${before}` }];
}
