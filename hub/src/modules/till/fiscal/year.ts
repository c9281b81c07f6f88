import { addDays, type BusinessDate } from "@weft/kernel";
import type { EventDocument, RegisterBook } from "./types.ts";

/** Months are counted from 1. */
const JANUARY = 1;

export const monthOf = (date: BusinessDate): string => date.slice(0, 7);

/** The month with which years begin at a register. They begin with its first day, so that a year is whole months [FIS-12]. */
export const firstMonthOf = ({ register }: RegisterBook): number => register.firstMonth ?? JANUARY;

/** The last day of the year that is open: 31 December where the register never heard of another year. */
export const endOfYear = ({ year }: RegisterBook): BusinessDate => year.to ?? `${year.key}-12-31`;

/** The first year of a register, which may begin on any day: a calendar year is called by its number, any other by the month it begins in. */
export function firstYear(from: BusinessDate, firstMonth: number = JANUARY): { readonly key: string; readonly to?: BusinessDate } {
  return firstMonth === JANUARY ? { key: from.slice(0, 4) } : { key: monthOf(from), to: lastDayBefore(from, firstMonth) };
}

/** The year after one that was closed. After a change it is shorter than twelve months, and no calendar year. */
export function nextYear(from: BusinessDate, firstMonth: number): { readonly key: string; readonly to?: BusinessDate } {
  return firstMonth === JANUARY && !from.endsWith("-01-01")
    ? { key: monthOf(from), to: lastDayBefore(from, firstMonth) }
    : firstYear(from, firstMonth);
}

/**
 * The book with years that begin with another month [FIS-12]. The year that is open ends when it was to end, or on the eve of the new beginning
 * where that is earlier: a year may be shorter then, never longer. What was closed stays.
 */
export function withFiscalYear(book: RegisterBook, firstMonth: number): RegisterBook {
  const [planned, eve] = [endOfYear(book), lastDayBefore(book.day.key, firstMonth)];
  return {
    ...book,
    register: { ...book.register, firstMonth },
    year: { ...book.year, to: eve < planned ? eve : planned },
  };
}

/** The month that an event makes the first of the year; undefined where it is about something else. */
export function fiscalYearIn({ detail }: EventDocument): number | undefined {
  const said = detail?.["fiscalYear"] as { readonly firstMonth?: unknown } | undefined; // written by `changeFiscalYear` only
  return typeof said?.firstMonth === "number" ? said.firstMonth : undefined;
}

export const isMonth = (month: number): boolean => Number.isInteger(month) && month >= JANUARY && month <= 12;

/** The day before the first of `firstMonth` that comes after `date`. */
function lastDayBefore(date: BusinessDate, firstMonth: number): BusinessDate {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  const first = String(firstMonth).padStart(2, "0");
  return addDays(`${month < firstMonth ? year : year + 1}-${first}-01`, -1);
}
