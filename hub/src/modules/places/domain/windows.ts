import type { OpeningInterval } from "./open-state.ts";

/** Times of a week, Monday first, in minutes after midnight; they end with their day. */
export type WeekWindows = readonly (readonly OpeningInterval[])[];

const DAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"] as const;
const RULE = /^([a-z]{2}(?:-[a-z]{2})?(?:,[a-z]{2}(?:-[a-z]{2})?)*)\s+(\S.*)$/;
const TIMES = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

/**
 * Reads times of a week as they are written in the subset of OSM opening hours that everybody types: `Mo-Fr 08:00-11:00,14:00-17:00; Sa
 * 09:00-12:00`. Undefined for anything else, and for a time that ends before it begins. An empty text has no windows on any day.
 */
export function readWindows(text: string): WeekWindows | undefined {
  const week: OpeningInterval[][] = DAYS.map(() => []);
  for (const rule of text.split(";").map((part) => part.trim().toLowerCase())) {
    if (rule === "") continue;
    const [, days, times] = RULE.exec(rule) ?? [];
    const named = days === undefined ? undefined : readDays(days);
    const read = times?.split(",").map((time) => readTimes(time.trim()));
    if (!named || !read) return undefined;
    for (const interval of read) {
      if (!interval) return undefined;
      for (const day of named) week[day]?.push(interval);
    }
  }
  return week.map((day) => day.toSorted((a, b) => a.from - b.from));
}

function readDays(text: string): number[] | undefined {
  const named = text.split(",").map((part) => {
    const [first = "", last = first] = part.split("-");
    const [from, until] = [indexOf(first), indexOf(last)];
    return from < 0 || until < from ? undefined : Array.from({ length: until - from + 1 }, (_, step) => from + step);
  });
  return named.includes(undefined) ? undefined : [...new Set(named.flatMap((days) => days ?? []))];
}

const indexOf = (day: string): number => DAYS.findIndex((known) => known === day);

function readTimes(text: string): OpeningInterval | undefined {
  const [, ...parts] = TIMES.exec(text) ?? [];
  const [fromHour = 99, fromMinute = 99, untilHour = 99, untilMinute = 99] = parts.map(Number);
  const [from, until] = [fromHour * 60 + fromMinute, untilHour * 60 + untilMinute];
  return fromMinute < 60 && untilMinute < 60 && from < until && until <= 24 * 60 ? { from, until } : undefined;
}
