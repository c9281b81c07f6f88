import type { ExpiryTermsView } from "@weft/contracts";
import { addDays, addMonths, instantOf, wallClock, type BusinessDate } from "@weft/kernel";

/**
 * How long points last [LOY-9], versioned and never edited: to the end of the day `length` days on, of the month `length` months on, of the year
 * `length` years on, or until nothing was earned or redeemed for `length` days.
 */
export type ExpiryPolicy = ExpiryTermsView & { readonly version: number };

/** Where nothing was decided, points last. */
export const NO_EXPIRY: ExpiryPolicy = { version: 0, kind: "never", length: 0 };

/**
 * When points that are earned now will have expired [LOY-9]: the midnight that ends their last day in the place's time zone, whatever the
 * clock changes in between. Example: 30 days, earned in Paris on 2 March at noon, last through 1 April; 1 month, through 30 April.
 */
export function expiryOf({ kind, length }: ExpiryTermsView, earnedAt: Date, timeZone: string): Date | null {
  if (kind === "never") return null;
  return instantOf(dayAfterLast(kind, length, wallClock(earnedAt, timeZone).date), 0, timeZone);
}

function dayAfterLast(kind: Exclude<ExpiryTermsView["kind"], "never">, length: number, day: BusinessDate): BusinessDate {
  switch (kind) {
    case "days":
    case "inactivity":
      return addDays(day, length + 1);
    case "months":
      return addMonths(`${day.slice(0, 7)}-01`, length + 1);
    case "years":
      return `${Number(day.slice(0, 4)) + length + 1}-01-01`;
  }
}

/** When points that are earned now can be used [LOY-16]: as the day `days` later begins in the place's time zone; null: at once. */
export function usableFrom(days: number, earnedAt: Date, timeZone: string): Date | null {
  return days === 0 ? null : instantOf(addDays(wallClock(earnedAt, timeZone).date, days), 0, timeZone);
}
