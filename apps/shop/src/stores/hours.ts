import type { OpeningHoursView } from "@weft/contracts/client";
import { addDays, instantOf, wallClock, type BusinessDate } from "@weft/kernel";

type Interval = { readonly from: number; readonly until: number };

/** The opening hours of one day. `exception` is the name of the reason when it is not an ordinary day. */
export type DayHours = { readonly date: BusinessDate; readonly intervals: readonly Interval[]; readonly exception: string | null };

/** The hours of a date, exceptions before the week. */
export function hoursOn({ weekly, exceptions }: OpeningHoursView, date: BusinessDate): DayHours {
  const exception = exceptions.find((day) => day.date === date);
  if (exception) return { date, intervals: exception.intervals, exception: exception.name };
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return { date, intervals: weekly[(weekday + 6) % 7] ?? [], exception: null };
}

/** The next seven days from the place's today. */
export function weekAhead(hours: OpeningHoursView, timeZone: string, now: Date): DayHours[] {
  const today = wallClock(now, timeZone).date;
  return Array.from({ length: 7 }, (_, day) => hoursOn(hours, addDays(today, day)));
}

/** Exceptions from today on that a customer should know of, nearest first; at most three. */
export function exceptionsAhead(hours: OpeningHoursView, timeZone: string, now: Date): DayHours[] {
  const today = wallClock(now, timeZone).date;
  const coming = hours.exceptions.filter(({ date }) => date >= today).sort((a, b) => a.date.localeCompare(b.date));
  return coming.slice(0, 3).map(({ date }) => hoursOn(hours, date));
}

/** Orders for later need a moment too, so that nobody comes before the store has seen it. */
export const NOTICE_MINUTES = 15;
const STEP_MINUTES = 15;
const LAST_BEFORE_CLOSING_MINUTES = 10;
const MOST_TIMES = 48;

/**
 * Times at which an order can be collected: quarter hours while the place is open, today and tomorrow [COL-1]. The first is `readyMinutes` after
 * now at the earliest, the last ten minutes before closing; what follows the closing of a night belongs to the day it began on.
 */
export function collectionTimes(hours: OpeningHoursView, timeZone: string, now: Date, readyMinutes: number): Date[] {
  const today = wallClock(now, timeZone).date;
  const earliest = now.getTime() + readyMinutes * 60_000;
  const times: Date[] = [];
  for (const date of [addDays(today, -1), today, addDays(today, 1)]) {
    for (const { from, until } of hoursOn(hours, date).intervals) {
      for (let minutes = from; minutes <= until - LAST_BEFORE_CLOSING_MINUTES; minutes += STEP_MINUTES) {
        const at = atMinutes(date, minutes, timeZone);
        if (at.getTime() >= earliest) times.push(at);
      }
    }
  }
  return times.slice(0, MOST_TIMES);
}

/** Minutes past midnight may pass the day: 1500 is one o'clock of the next. */
function atMinutes(date: BusinessDate, minutes: number, timeZone: string): Date {
  return minutes < 1440 ? instantOf(date, minutes, timeZone) : instantOf(addDays(date, 1), minutes - 1440, timeZone);
}

/** Minutes after midnight as an instant to be formatted in UTC: a wall clock has no zone. */
export function clockAt(minutes: number): Date {
  return new Date(Date.UTC(2000, 0, 1, 0, minutes % 1440));
}
