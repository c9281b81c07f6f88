import { addDays, addMonths, type BusinessDate } from "@weft/kernel";
import type { BonusLimit } from "./bonuses.ts";

/** The first day of a period and the first after it; null: without an end. A week begins on Monday. */
export function periodOf(
  per: BonusLimit["per"],
  today: BusinessDate,
): { readonly since: BusinessDate | null; readonly until: BusinessDate | null } {
  switch (per) {
    case "day":
      return { since: today, until: addDays(today, 1) };
    case "week": {
      const monday = addDays(today, 1 - (new Date(`${today}T00:00:00Z`).getUTCDay() || 7));
      return { since: monday, until: addDays(monday, 7) };
    }
    case "month": {
      const first = `${today.slice(0, 7)}-01`;
      return { since: first, until: addMonths(first, 1) };
    }
    case "year": {
      const year = Number(today.slice(0, 4));
      return { since: `${year}-01-01`, until: `${year + 1}-01-01` };
    }
    case "life":
      return { since: null, until: null };
  }
}

/**
 * Weeks or months in a row with a purchase that end with the one before this day's. What was had for a streak begins another one only with the period
 * after it. Example: with purchases on 2, 9 and 17 March, `streakBefore("week", "2026-03-24", …, null)` is 3.
 */
export function streakBefore(
  per: "week" | "month",
  today: BusinessDate,
  days: ReadonlySet<BusinessDate>,
  lastHad: BusinessDate | null,
): number {
  const periods = new Set([...days].map((day) => periodOf(per, day).since));
  const stop = lastHad === null ? null : periodOf(per, lastHad).since;
  const ends = (first: BusinessDate): boolean => !periods.has(first) || (stop !== null && first <= stop);
  let count = 0;
  for (let first = before(per, today); !ends(first); first = before(per, first)) count++;
  return count;
}

/** The first day of the week or month before a day's. */
const before = (per: "week" | "month", day: BusinessDate): BusinessDate => {
  const first = periodOf(per, day).since ?? day;
  return per === "week" ? addDays(first, -7) : addMonths(first, -1);
};

const DAY_MS = 86_400_000;

/** Days from a day to the nearest anniversary of a birth date: `daysToBirthday("1990-12-31", "2026-01-02")` is 2. Born on 29 February: 1 March in other years. */
export function daysToBirthday(birthDate: string, today: BusinessDate): number {
  const [year, month, day] = [Number(today.slice(0, 4)), Number(birthDate.slice(5, 7)), Number(birthDate.slice(8, 10))];
  const now = Date.parse(`${today}T00:00:00Z`);
  return Math.min(...[year - 1, year, year + 1].map((one) => Math.abs(Date.UTC(one, month - 1, day) - now) / DAY_MS));
}
