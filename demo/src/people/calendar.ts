import { addDays, instantOf, wallClock } from "@weft/kernel";
import type { Random } from "../random.ts";
import type { DemoPlace, OpeningInterval } from "../types.ts";

/** When people come: minutes after midnight and how many of them. */
const RUSH: readonly (readonly [readonly [number, number], number])[] = [
  [[450, 600], 44],
  [[600, 705], 12],
  [[705, 840], 24],
  [[840, 1080], 18],
  [[1080, 1560], 5],
];
const NOON = 720;

export type Visits = {
  /** An instant at which the place was open, `daysAgo` days before the end of the history; undefined when it was closed that day or it is still to come. */
  at(place: DemoPlace, daysAgo: number, random: Random): Date | undefined;
};

/** Instants inside opening hours. Noon of a day is looked up once per zone: no clock changes while a store of the chain is open. */
export function visitsUntil(until: Date): Visits {
  const noons = new Map<string, number>();
  const noonOf = (date: string, timeZone: string): number => {
    const key = date + timeZone;
    const noon = noons.get(key) ?? instantOf(date, NOON, timeZone).getTime();
    noons.set(key, noon);
    return noon;
  };
  const lastDays = new Map<string, string>();
  return {
    at(place, daysAgo, random) {
      const lastDay = lastDays.get(place.timeZone) ?? wallClock(until, place.timeZone).date;
      lastDays.set(place.timeZone, lastDay);
      const date = addDays(lastDay, -daysAgo);
      const minute = minuteWithin(intervalsOn(place, date), random);
      if (minute === undefined) return undefined;
      const at = new Date(noonOf(date, place.timeZone) + (minute - NOON) * 60_000 + random.between(0, 59) * 1000);
      return at < until ? at : undefined;
    },
  };
}

function intervalsOn(place: DemoPlace, date: string): readonly OpeningInterval[] {
  const exception = place.hours.exceptions.find((day) => day.date === date);
  if (exception) return exception.intervals;
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return place.hours.weekly[weekday] ?? [];
}

/** Tries the busy hours first, then takes any minute of an interval. */
function minuteWithin(intervals: readonly OpeningInterval[], random: Random): number | undefined {
  if (intervals.length === 0) return undefined;
  for (let attempt = 0; attempt < 4; attempt++) {
    const minute = random.between(...random.weighted(RUSH));
    if (intervals.some(({ from, until }) => from <= minute && minute < until)) return minute;
  }
  const { from, until } = random.pick(intervals);
  return random.between(from, until - 1);
}
