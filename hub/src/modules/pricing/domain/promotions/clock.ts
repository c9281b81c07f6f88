import { addDays, instantOf, wallClock } from "@weft/kernel";
import type { CompiledPromotion } from "./compile.ts";
import type { HappyHours, Promotion } from "./facts.ts";

/** From this moment to before that one; an end that is null is open. */
export type Stretch = { readonly from: Date | null; readonly to: Date | null };

const DAY_MINUTES = 1440;
/** A happy hour of one day of the week comes back after as many days. */
const WEEK_DAYS = 7;

/**
 * The stretch of time in which a promotion holds without a break around `at`, at which it does: its validity, cut to the happy hour on the
 * wall clock of the place [PRC-19].
 */
export function stretchAround({ validFrom, validTo, since, hours }: Promotion, at: Date, timeZone: string): Stretch {
  const hour = hours && happyHours(hours, at, timeZone).find(({ from, to }) => from <= at && at < to);
  const [begin, end] = [latest(validFrom ?? null, since ?? null), validTo ?? null];
  return hour ? { from: latest(begin, hour.from), to: earliest(end, hour.to) } : { from: begin, to: end };
}

/** The next moment after `at` at which a promotion begins or ends by the clock, in any of these time zones; null: nothing of that kind is to come. */
export function nextTurn(promotions: readonly CompiledPromotion[], timeZones: readonly string[], at: Date): Date | null {
  let next: Date | null = null;
  for (const { promotion } of promotions) {
    const { validFrom, validTo, hours } = promotion;
    const turns = [validFrom, validTo, ...timeZones.flatMap((zone) => (hours ? happyHours(hours, at, zone) : []).flatMap(bothEnds))];
    for (const turn of turns) if (turn && turn > at) next = earliest(next, turn);
  }
  return next;
}

/** The begins of a happy hour within a stretch of days. */
export function beginsBetween({ weekdays, from: minutes }: HappyHours, timeZone: string, from: Date, to: Date): Date[] {
  const begins: Date[] = [];
  for (let day = wallClock(from, timeZone).date; day <= wallClock(to, timeZone).date; day = addDays(day, 1))
    if (weekdays.includes(weekdayOf(day))) begins.push(instantOf(day, minutes, timeZone));
  return begins;
}

type Hour = { readonly from: Date; readonly to: Date };

/** The happy hours from yesterday's, which may last past midnight, until they have all come once more. */
function happyHours({ weekdays, from, to }: HappyHours, at: Date, timeZone: string): Hour[] {
  const { date } = wallClock(at, timeZone);
  return Array.from({ length: WEEK_DAYS + 2 }, (_, n) => addDays(date, n - 1))
    .filter((day) => weekdays.includes(weekdayOf(day)))
    .map((day) => ({ from: instantOf(day, from, timeZone), to: instantOf(day, from < to ? to : to + DAY_MINUTES, timeZone, "later") }));
}

const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
const bothEnds = ({ from, to }: Hour): Date[] => [from, to];

/** Minutes of the day as a clock shows them: `16:00`. */
export const wallTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Without an end is later than any. */
export const earliest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b));
export const latest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));
