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

const DAY_MS = 86_400_000;

/** Days from a day to the nearest anniversary of a birth date: `daysToBirthday("1990-12-31", "2026-01-02")` is 2. Born on 29 February: 1 March in other years. */
export function daysToBirthday(birthDate: string, today: BusinessDate): number {
  const [year, month, day] = [Number(today.slice(0, 4)), Number(birthDate.slice(5, 7)), Number(birthDate.slice(8, 10))];
  const now = Date.parse(`${today}T00:00:00Z`);
  return Math.min(...[year - 1, year, year + 1].map((one) => Math.abs(Date.UTC(one, month - 1, day) - now) / DAY_MS));
}
