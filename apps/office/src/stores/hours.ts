import type { OpeningHoursView } from "@weft/contracts/client";

export type Interval = OpeningHoursView["weekly"][number][number];
type Exception = OpeningHoursView["exceptions"][number];

const DAY_MINUTES = 1440;

/** Minutes after midnight as a clock shows them: 450 is `07:30`; what passes midnight belongs to the day it began on: 1500 is `01:00`. */
export function clockText(minutes: number): string {
  const inDay = minutes % DAY_MINUTES;
  return `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}`;
}

/** Minutes after midnight of a clock time, undefined when it is none. */
export function minutesOf(clock: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(clock) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return hours === undefined || Number(hours) > 23 || Number(minutes) > 59 ? undefined : total;
}

/** An interval from two clock times. One that ends at or before its beginning ends on the next day [PLA-3]. */
export function intervalOf(from: string, until: string): Interval | undefined {
  const [start, end] = [minutesOf(from), minutesOf(until)];
  if (start === undefined || end === undefined) return undefined;
  return { from: start, until: end > start ? end : end + DAY_MINUTES };
}

/** Opening hours with other intervals on one day of the week (0 is Monday). */
export function withDay(hours: OpeningHoursView, day: number, intervals: readonly Interval[]): OpeningHoursView {
  return { ...hours, weekly: hours.weekly.map((own, index) => (index === day ? [...intervals].sort((a, b) => a.from - b.from) : own)) };
}

/** Opening hours with an exception added, in the order of dates. One for the same date takes the place of the old one. */
export function withException(hours: OpeningHoursView, exception: Exception): OpeningHoursView {
  const others = hours.exceptions.filter(({ date }) => date !== exception.date);
  return { ...hours, exceptions: [...others, exception].sort((a, b) => a.date.localeCompare(b.date)) };
}

export function withoutException(hours: OpeningHoursView, date: string): OpeningHoursView {
  return { ...hours, exceptions: hours.exceptions.filter((exception) => exception.date !== date) };
}
