import { addDays, businessDate, instantOf, wallClock, type BusinessDate } from "@weft/kernel";

const WEEK_DAYS = 7;
const MINUTE_MS = 60_000;

/** A business day of a place, and how far of it counts. */
export type Day = { readonly date: BusinessDate; readonly from: Date; readonly until: Date; readonly cut: Date };

type Clock = { readonly timeZone: string; readonly dayEnd: number };

/**
 * The business day that is now at a place, and the same weekday before [TDY-1]. Each lasts from day end to day end on the wall of the
 * place, so the day of a clock change is an hour shorter or longer. `cut` of the day before is the instant at which its clocks showed
 * what they show now: days are compared up to the same time, and not after as many hours.
 */
export function daysAt({ timeZone, dayEnd }: Clock, now: Date): { readonly today: Day; readonly before: Day } {
  const date = businessDate(now, timeZone, dayEnd);
  const shown = wallClock(now, timeZone);
  const past = now.getTime() % MINUTE_MS;
  const sameTime = instantOf(addDays(shown.date, -WEEK_DAYS), shown.minutes, timeZone).getTime() + past;
  const day = (of: BusinessDate): Omit<Day, "cut"> => ({
    date: of,
    from: instantOf(of, dayEnd, timeZone),
    until: instantOf(addDays(of, 1), dayEnd, timeZone),
  });
  return { today: { ...day(date), cut: now }, before: { ...day(addDays(date, -WEEK_DAYS)), cut: new Date(sameTime) } };
}
