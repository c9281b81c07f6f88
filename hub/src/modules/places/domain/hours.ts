import type { OpeningHours } from "./open-state.ts";

/** What contradicts itself in opening hours: two exceptions on one day, or an interval that ends before it begins. */
export function hoursProblem(hours: OpeningHours): string | undefined {
  const dates = hours.exceptions.map(({ date }) => date);
  const twice = dates.find((date, index) => dates.indexOf(date) < index);
  if (twice) return `two exceptions on ${twice}`;
  const intervals = [...hours.weekly.flat(), ...hours.exceptions.flatMap((exception) => exception.intervals)];
  const reversed = intervals.find(({ from, until }) => until <= from);
  return reversed ? `an interval ends at ${reversed.until}, before it begins at ${reversed.from}` : undefined;
}

/** Whether a name is a time zone (IANA) that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}
