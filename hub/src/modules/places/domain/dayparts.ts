import { addDays, instantOf, wallClock } from "@weft/kernel";
import { readWindows, type WeekWindows } from "./windows.ts";

/** When a place sells the goods of a category, by its code. */
export type Daypart = { readonly category: string; readonly windows: WeekWindows };

const CODE = /^[a-z0-9][a-z0-9_-]{0,59}$/;

/**
 * Reads when a place sells what, as its people write it: `breakfast: Mo-Fr 07:00-11:00; Sa 08:00-12:00 | lunch: Mo-Su 11:30-15:00` [PLA-11].
 * What is not named is sold all day. Undefined for anything else, for a category that stands twice, and for one without any time.
 */
export function readDayparts(text: string): readonly Daypart[] | undefined {
  const parts = text.split("|").map((part) => part.trim());
  const written = parts.filter((part) => part !== "");
  const read = written.flatMap((part): Daypart[] => {
    const [, category = "", times = ""] = /^([^:\s]+)\s*:\s*(.+)$/.exec(part) ?? [];
    const windows = readWindows(times);
    return CODE.test(category) && windows?.some((day) => day.length > 0) ? [{ category, windows }] : [];
  });
  return read.length === written.length && new Set(read.map(({ category }) => category)).size === read.length ? read : undefined;
}

/** When goods of a category are sold, given by its code and those above it, the nearest first: the nearest that is named says it; null: all day. */
export function daypartOf(dayparts: readonly Daypart[], codes: readonly string[]): WeekWindows | null {
  for (const code of codes) {
    const found = dayparts.find(({ category }) => category === code);
    if (found) return found.windows;
  }
  return null;
}

/** Whether goods with these times are sold at an instant, by the clock of the place [PLA-11]. */
export function isServed(windows: WeekWindows, timeZone: string, at: Date): boolean {
  const { date, minutes } = wallClock(at, timeZone);
  return (windows[weekdayOf(date)] ?? []).some(({ from, until }) => from <= minutes && minutes < until);
}

/**
 * The first instant from `at` on at which goods with all of these times are sold together: `at` itself where they are. A time that the clock change
 * skips is the first after it. Null: there is none within a week.
 */
export function servedFrom(times: readonly WeekWindows[], timeZone: string, at: Date): Date | null {
  if (times.every((windows) => isServed(windows, timeZone, at))) return at;
  const today = wallClock(at, timeZone).date;
  for (let ahead = 0; ahead <= 7; ahead++) {
    const date = addDays(today, ahead);
    const starts = times.flatMap((windows) => (windows[weekdayOf(date)] ?? []).map(({ from }) => from)).sort((a, b) => a - b);
    for (const start of starts) {
      const instant = instantOf(date, start, timeZone);
      if (instant > at && times.every((windows) => isServed(windows, timeZone, instant))) return instant;
    }
  }
  return null;
}

/** When it changes next whether goods with these times are sold; null: not within a week. */
export function servedUntil(windows: WeekWindows, timeZone: string, at: Date): Date | null {
  const isNow = isServed(windows, timeZone, at);
  const today = wallClock(at, timeZone).date;
  for (let ahead = 0; ahead <= 7; ahead++) {
    const date = addDays(today, ahead);
    const edges = (windows[weekdayOf(date)] ?? []).flatMap(({ from, until }) => [from, until]).sort((a, b) => a - b);
    for (const edge of edges) {
      const instant = instantOf(date, edge, timeZone);
      if (instant > at && isServed(windows, timeZone, instant) !== isNow) return instant;
    }
  }
  return null;
}

/** Monday first. */
const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
