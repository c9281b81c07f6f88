import { addDays, instantOf, wallClock, type BusinessDate, type StaffId } from "@weft/kernel";
import { openState, readWindows, type OpeningHours, type OpeningInterval, type WeekWindows } from "../../places/domain/index.ts";
import type { ServiceRule } from "./service.ts";

/** When a member of staff gives services at a place. */
export type Adviser = {
  readonly staffId: StaffId;
  readonly skills: readonly string[];
  readonly hours: WeekWindows;
  /** Days on which other times hold, or none. */
  readonly exceptions: ReadonlyMap<BusinessDate, readonly OpeningInterval[]>;
};

/** A place, as far as its bookings depend on it. */
export type BookedPlace = { readonly hours: OpeningHours; readonly timeZone: string };

/** Time of an adviser that is taken, by whatever service at whatever place. */
export type TakenTime = {
  readonly staffId: StaffId;
  readonly serviceId: string;
  /** Whether it is at the place that is asked about. */
  readonly isHere: boolean;
  readonly startsAt: Date;
  readonly busyFrom: Date;
  readonly busyUntil: Date;
  readonly seatsLeft: number;
};

/** A beginning at which a service can be booked, with who gives it and the seats that each has left. */
export type Opening = {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly advisers: readonly { readonly staffId: StaffId; readonly left: number }[];
};

const MINUTE_MS = 60_000;
const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE_MS);

/** Reads the exceptions of a roster: a date, and its times such as `09:00-12:00`, empty where nobody is there. Undefined for anything else. */
export function readExceptions(
  written: readonly { readonly date: string; readonly times: string }[],
): ReadonlyMap<BusinessDate, readonly OpeningInterval[]> | undefined {
  const days = written.map(({ date, times }) => [date, times.trim() === "" ? [] : readWindows(`Mo ${times}`)?.[0]] as const);
  const read = days.flatMap(([date, windows]) => (windows ? [[date, windows] as const] : []));
  const dates = new Map(read);
  return dates.size === written.length ? dates : undefined;
}

/** The time that a session takes of its adviser, with what is prepared and cleared away. */
export function busyTime(
  { minutes, minutesBefore, minutesAfter }: ServiceRule,
  startsAt: Date,
): { readonly from: Date; readonly until: Date } {
  return { from: later(startsAt, -minutesBefore), until: later(startsAt, minutes + minutesAfter) };
}

/**
 * When a service can be booked on a date at a place [BKG-1], in order: with each adviser who knows it, within their times and the hours of the
 * place, where none of their time is taken, or is by a session of the same that has seats left. Never before its time of notice. The same
 * function answers every channel. A time that the clock change skips is none; one that exists twice is the first.
 */
export function openingsOn(
  place: BookedPlace,
  service: ServiceRule,
  {
    advisers,
    taken,
    date,
    at,
  }: { readonly advisers: readonly Adviser[]; readonly taken: readonly TakenTime[]; readonly date: BusinessDate; readonly at: Date },
): Opening[] {
  if (!bookableDates(place, service, at).includes(date)) return [];
  const earliest = later(at, service.leadMinutes);
  const found = new Map<number, { readonly startsAt: Date; readonly advisers: { staffId: StaffId; left: number }[] }>();
  for (const adviser of advisers) {
    if (!adviser.skills.includes(service.skill)) continue;
    const own = taken.filter(({ staffId }) => staffId === adviser.staffId);
    for (const startsAt of beginningsOf(place, service, adviser, date)) {
      const left = startsAt < earliest ? 0 : seatsLeft(service, own, startsAt);
      if (left === 0) continue;
      const opening = found.get(startsAt.getTime()) ?? { startsAt, advisers: [] };
      opening.advisers.push({ staffId: adviser.staffId, left });
      found.set(startsAt.getTime(), opening);
    }
  }
  return [...found.values()]
    .map(({ startsAt, advisers: free }) => ({ startsAt, endsAt: later(startsAt, service.minutes), advisers: free }))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

/** The dates for which a service can be booked: today at the place, and as many days after it as the service says. */
function bookableDates({ timeZone }: BookedPlace, { daysAhead }: ServiceRule, at: Date): BusinessDate[] {
  const today = wallClock(at, timeZone).date;
  return Array.from({ length: daysAhead + 1 }, (_, ahead) => addDays(today, ahead));
}

/** The instants of a date at which an adviser could begin: the whole of it lies in their times, and the place is open from beginning to end. */
function beginningsOf({ hours, timeZone }: BookedPlace, service: ServiceRule, adviser: Adviser, date: BusinessDate): Date[] {
  const { minutes, minutesBefore, minutesAfter, everyMinutes } = service;
  const windows = adviser.exceptions.get(date) ?? adviser.hours[weekdayOf(date)] ?? [];
  return windows.flatMap(({ from, until }) => {
    const starts: Date[] = [];
    for (let start = from + minutesBefore; start + minutes + minutesAfter <= until; start += everyMinutes) {
      const startsAt = instantOf(date, start, timeZone);
      if (wallClock(startsAt, timeZone).minutes === start && isOpenFor(hours, timeZone, startsAt, later(startsAt, minutes)))
        starts.push(startsAt);
    }
    return starts;
  });
}

/** Seats that an adviser has left at a beginning: all of them, those of a session that stands, or none where their time is taken otherwise. */
function seatsLeft(service: ServiceRule, own: readonly TakenTime[], startsAt: Date): number {
  const same = own.find((one) => one.isHere && one.serviceId === service.id && one.startsAt.getTime() === startsAt.getTime());
  if (same) return same.seatsLeft;
  const { from, until } = busyTime(service, startsAt);
  return own.some(({ busyFrom, busyUntil }) => busyFrom < until && from < busyUntil) ? 0 : service.seats;
}

function isOpenFor(hours: OpeningHours, timeZone: string, startsAt: Date, endsAt: Date): boolean {
  const { state, nextChange } = openState(hours, timeZone, startsAt);
  return state !== "closed" && (nextChange === null || nextChange >= endsAt);
}

/** Monday first. */
const weekdayOf = (date: BusinessDate): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
