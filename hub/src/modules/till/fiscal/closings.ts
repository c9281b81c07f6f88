import { err, ok, type BusinessDate, type Result } from "@weft/kernel";
import { dateAt, headOf } from "./book.ts";
import { add, eventDraft } from "./entry.ts";
import { JET } from "./jet.ts";
import type { Act, Appended, ClosingDocument, Document, Period, PeriodKind, RegisterBook, Signer, Totals } from "./types.ts";
import { endOfMonth, endOfYear } from "./year.ts";

/** A day, month or year can be closed from its last day on, by the register's clock. */
export type ClosingError = { readonly code: "fiscal.period_not_over"; readonly period: PeriodKind; readonly key: string };
type Closed = Promise<Result<Appended, ClosingError>>;

/**
 * The Z of a shift: what was sold since the last one, signed, also without a network [R6]. `detail` says the count of its drawer.
 * In training it is an event and no closing.
 */
export async function closeShift(
  book: RegisterBook,
  shift: { readonly id: string; readonly detail: Document },
  act: Act,
  signer: Signer,
): Promise<Appended> {
  const ready = await closeWhatEnded({ entries: [], book }, act, signer);
  if (book.register.training) {
    const detail = { shiftId: shift.id, ...shift.detail };
    return add(ready, eventDraft(book, JET.shiftClosed, "shift closed in training", detail), act, signer);
  }
  const { day } = ready.book;
  const period = { ...ready.book.shift, key: shift.id };
  return close(ready, "shift", period, { totals: period.totals, to: day.key, detail: shift.detail }, act, signer);
}

/** The closing of the day that is open; no sale joins it any more, the next one belongs to the day after [R6]. */
export async function closeDay(book: RegisterBook, act: Act, signer: Signer): Closed {
  const ready = await closeWhatEnded({ entries: [], book }, act, signer);
  if (isAhead(ready.book.day.key, ready.book, act)) return tooEarly("day", ready.book.day.key);
  return ok(await closeOpenDay(ready, act, signer));
}

/** The closing of the month that is open, or of the part of it that a fiscal year ends [FIS-14]; its days are closed first [R6]. */
export async function closeMonth(book: RegisterBook, act: Act, signer: Signer): Closed {
  const ready = await closeWhatEnded({ entries: [], book }, act, signer);
  const { key } = ready.book.month;
  if (isAhead(endOfMonth(ready.book), ready.book, act)) return tooEarly("month", key);
  return ok(await closeMonthOf(ready, act, signer));
}

/** The closing of the year that is open; its month and day are closed first [R6]. */
export async function closeYear(book: RegisterBook, act: Act, signer: Signer): Closed {
  const ready = await closeWhatEnded({ entries: [], book }, act, signer);
  const { key } = ready.book.year;
  if (isAhead(endOfYear(ready.book), ready.book, act)) return tooEarly("year", key);
  return ok(await closeYearOf(ready, act, signer));
}

/**
 * Closes every day that is over by the register's clock, also those without a sale, and the months and years that ended with them. A clock
 * that goes back closes nothing and opens nothing again.
 */
export async function closeWhatEnded(from: Appended, act: Act, signer: Signer): Promise<Appended> {
  let appended = from;
  if (from.book.register.training) return { ...from, book: onDay(from.book, dateAt(from.book, act.at)) };
  for (;;) {
    const { day } = appended.book;
    if (day.key > endOfYear(appended.book)) appended = await closeYearOf(appended, act, signer);
    else if (day.key > endOfMonth(appended.book)) appended = await closeMonthOf(appended, act, signer);
    else if (day.key < dateAt(appended.book, act.at)) appended = await closeOpenDay(appended, act, signer);
    else return appended;
  }
}

/** Training has no closings: its day is the clock's, and never an earlier one. */
function onDay(book: RegisterBook, date: BusinessDate): RegisterBook {
  return date > book.day.key ? { ...book, day: { ...book.day, key: date, from: date } } : book;
}

async function closeYearOf(from: Appended, act: Act, signer: Signer): Promise<Appended> {
  let appended = from;
  while (monthIsIn(appended.book)) appended = await closeMonthOf(appended, act, signer);
  const { year } = appended.book;
  return close(appended, "year", year, { totals: year.totals, to: endOfYear(appended.book), detail: null }, act, signer);
}

const monthIsIn = (book: RegisterBook): boolean => book.month.from <= endOfYear(book);

async function closeMonthOf(from: Appended, act: Act, signer: Signer): Promise<Appended> {
  let appended = from;
  const to = endOfMonth(from.book);
  while (appended.book.day.key <= to) appended = await closeOpenDay(appended, act, signer);
  const { month } = appended.book;
  return close(appended, "month", month, { totals: month.totals, to, detail: null }, act, signer);
}

function closeOpenDay(appended: Appended, act: Act, signer: Signer): Promise<Appended> {
  const { day } = appended.book;
  return close(appended, "day", day, { totals: day.totals, to: day.key, detail: null }, act, signer);
}

function close(
  appended: Appended,
  period: PeriodKind,
  { key, from, afterTicket }: Period,
  { totals, to, detail }: { readonly totals: Totals; readonly to: BusinessDate; readonly detail: Document | null },
  act: Act,
  signer: Signer,
): Promise<Appended> {
  const last = headOf(appended.book, "T").seq;
  const document: ClosingDocument = {
    period,
    key,
    from,
    to,
    tickets: { from: afterTicket + 1, to: last, count: last - afterTicket },
    totals,
    perpetual: appended.book.perpetual,
    detail,
  };
  return add(appended, { chain: "G", type: period, businessDate: to, body: () => ({ document }) }, act, signer);
}

const isAhead = (lastDay: BusinessDate, book: RegisterBook, { at }: Act): boolean => lastDay > dateAt(book, at);

function tooEarly(period: PeriodKind, key: string): Result<never, ClosingError> {
  return err({ code: "fiscal.period_not_over", period, key });
}
