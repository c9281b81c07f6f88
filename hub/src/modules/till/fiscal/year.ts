import { addDays, addMonths, type BusinessDate } from "@weft/kernel";
import type { EventDocument, RegisterBook } from "./types.ts";

/** The day of the calendar with which years begin, `07-15`; where nothing else was said, the calendar's. */
export const NEW_YEAR = "01-01";

export const monthOf = (date: BusinessDate): string => date.slice(0, 7);

/** The day with which years begin at a register [FIS-12]. */
export const yearStartOf = ({ register }: RegisterBook): string => register.yearStart ?? NEW_YEAR;

/** The last day of the year that is open: 31 December where the register never heard of another year. */
export const endOfYear = ({ year }: RegisterBook): BusinessDate => year.to ?? `${year.key}-12-31`;

/** The last day of the month that is open: that of the calendar's, or of the year where it ends within the month [FIS-14]. */
export function endOfMonth(book: RegisterBook): BusinessDate {
  const { from } = book.month;
  const [last, end] = [addDays(addMonths(`${monthOf(from)}-01`, 1), -1), endOfYear(book)];
  return from <= end && end < last ? end : last;
}

type Year = { readonly key: string; readonly to?: BusinessDate };

/** The first year of a register, which may begin on any day: a calendar year is called by its number, any other as `keyOf` says. */
export function firstYear(from: BusinessDate, start: string = NEW_YEAR): Year {
  return start === NEW_YEAR ? { key: from.slice(0, 4) } : { key: keyOf(from), to: eveOf(start, from) };
}

/** The year after one that was closed. After a change it is shorter than twelve months, and no calendar year. */
export function nextYear(from: BusinessDate, start: string): Year {
  return start === NEW_YEAR && !from.endsWith(NEW_YEAR) ? { key: keyOf(from), to: eveOf(start, from) } : firstYear(from, start);
}

/** What a month or a year that begins then is called: by its month, or by its first day where it begins within one, so no two are called alike. */
export const keyOf = (from: BusinessDate): string => (from.endsWith("-01") ? monthOf(from) : from);

/**
 * The book with years that begin with another day [FIS-12]. The year that is open ends when it was to end, or on the eve of the new beginning
 * where that is earlier: a year may be shorter then, never longer. What was closed stays.
 */
export function withFiscalYear(book: RegisterBook, start: string): RegisterBook {
  const [planned, eve] = [endOfYear(book), eveOf(start, book.day.key)];
  return {
    ...book,
    register: { ...book.register, yearStart: start },
    year: { ...book.year, to: eve < planned ? eve : planned },
  };
}

/** The day that an event makes the first of the year, as it says it; undefined where it is about something else. */
export function fiscalYearIn({ detail }: EventDocument): string | undefined {
  const said = detail?.["fiscalYear"] as { readonly start?: unknown } | undefined; // written by `changeFiscalYear` only
  return said === undefined ? undefined : String(said.start);
}

/** Whether a year can begin with a day: one that every year has, so 29 February is none. */
export function isYearStart(day: string): boolean {
  const inAnyYear = `2027-${day}`;
  return /^\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(inAnyYear)) && addDays(inAnyYear, 0) === inAnyYear;
}

/** The day before the first `start` that comes after `date`. */
function eveOf(start: string, date: BusinessDate): BusinessDate {
  const year = Number(date.slice(0, 4));
  return addDays(`${date.slice(5) < start ? year : year + 1}-${start}`, -1);
}
