import { addDays, instantOf, wallClock, type BusinessDate } from "@weft/kernel";

/** Minutes after midnight in the place's zone; `until` past 1440 lies on the next day and belongs to the day it starts on. */
export type OpeningInterval = { readonly from: number; readonly until: number };

/** Seven lists, Monday first, and dated days in place of them. An exception without intervals is a closed day. */
export type OpeningHours = {
  readonly weekly: readonly (readonly OpeningInterval[])[];
  readonly exceptions: readonly { readonly date: BusinessDate; readonly name: string; readonly intervals: readonly OpeningInterval[] }[];
};

/** `because` names the exception that made it so; null when the week did. `nextChange` is null when nothing will change. */
export type OpenState = {
  readonly state: "open" | "closing_soon" | "closed";
  readonly nextChange: Date | null;
  readonly because: string | null;
};

type Period = { readonly from: Date; readonly until: Date; readonly because: string | null };

const DAY = 1440;
/** A week says everything that will come, once the last exception is behind: one day more, for what passes midnight. */
const DAYS_TO_LOOK = 8;
/** Exceptions further away than this are not looked at: a year of holidays. */
const DAYS_AHEAD = 370;

/**
 * Whether a place is open at an instant, when that changes next, and why [PLA-3]. The same answer for every channel.
 * A local time that the clock change skips moves to the first valid instant; one that exists twice is the first for opening and the
 * last for closing.
 */
export function openState(hours: OpeningHours, timeZone: string, at: Date, closingSoonMinutes = 30): OpenState {
  const today = wallClock(at, timeZone).date;
  let current: Period | undefined;
  let until = at;
  let endIsCertain = false;
  for (const period of periodsFrom(hours, timeZone, addDays(today, -1))) {
    endIsCertain = current !== undefined && period.from > until;
    if (endIsCertain) break;
    if (current) until = later(until, period.until);
    else if (period.until > at) {
      if (period.from > at) return { state: "closed", nextChange: period.from, because: whyClosed(hours, timeZone, at, today) };
      current = period;
      until = period.until;
    }
  }
  if (!current) return { state: "closed", nextChange: null, because: whyClosed(hours, timeZone, at, today) };
  if (!endIsCertain && isForEver(until, at)) return { state: "open", nextChange: null, because: current.because };
  const isSoon = until.getTime() - at.getTime() <= closingSoonMinutes * 60_000;
  return { state: isSoon ? "closing_soon" : "open", nextChange: until, because: current.because };
}

/** The first instant, `at` or later, at which a place is open; undefined when its hours name none. */
export function nextOpening(hours: OpeningHours, timeZone: string, at: Date): Date | undefined {
  const { state, nextChange } = openState(hours, timeZone, at);
  return state === "closed" ? (nextChange ?? undefined) : at;
}

/**
 * The periods from a date on, worked out as far as somebody looked and kept while the date is the same: a cart is judged three times on its
 * way to the order, which took 210 us of dates and zones in all.
 */
function* periodsFrom(hours: OpeningHours, timeZone: string, first: BusinessDate): Generator<Period> {
  let seen = workedOut.get(hours);
  if (seen?.timeZone !== timeZone || seen.first !== first) {
    seen = { timeZone, first, periods: [], further: workOut(hours, timeZone, first) };
    workedOut.set(hours, seen);
  }
  for (let n = 0; ; n++) {
    let period = seen.periods[n];
    if (!period) {
      const next = seen.further.next();
      if (next.done) return;
      period = next.value;
      seen.periods.push(period);
    }
    yield period;
  }
}

type WorkedOut = {
  readonly timeZone: string;
  readonly first: BusinessDate;
  readonly periods: Period[];
  readonly further: Generator<Period>;
};
const workedOut = new WeakMap<OpeningHours, WorkedOut>();

/** Opening periods in order from a date on, until the hours repeat. */
function* workOut(hours: OpeningHours, timeZone: string, first: BusinessDate): Generator<Period> {
  const lastException = hours.exceptions.reduce((last, { date }) => (date > last ? date : last), first);
  for (let offset = 0, quiet = 0; offset < DAYS_AHEAD && quiet <= DAYS_TO_LOOK; offset++) {
    const date = addDays(first, offset);
    yield* periodsOf(hours, timeZone, date);
    quiet = date >= lastException ? quiet + 1 : 0;
  }
}

function periodsOf(hours: OpeningHours, timeZone: string, date: BusinessDate): Period[] {
  const exception = hours.exceptions.find((candidate) => candidate.date === date);
  const intervals = exception?.intervals ?? hours.weekly[weekdayOf(date) - 1] ?? [];
  return intervals
    .map(({ from, until }) => ({
      from: instantOf(date, from, timeZone, "earlier"),
      until: instantOf(addDays(date, Math.floor(until / DAY)), until % DAY, timeZone, "later"),
      because: exception?.name ?? null,
    }))
    .filter((period) => period.from < period.until)
    .sort((a, b) => a.from.getTime() - b.from.getTime());
}

/** The exception of today, or of yesterday when the usual week would have had yesterday's doors still open. */
function whyClosed(hours: OpeningHours, timeZone: string, at: Date, today: BusinessDate): string | null {
  const usual: OpeningHours = { weekly: hours.weekly, exceptions: [] };
  const yesterday = addDays(today, -1);
  for (const { date, name } of hours.exceptions) {
    if (date === today) return name;
    if (date === yesterday && periodsOf(usual, timeZone, date).some((period) => period.from <= at && at < period.until)) return name;
  }
  return null;
}

/** Periods that touched each other as far as was looked: the place never closes. */
function isForEver(until: Date, at: Date): boolean {
  return until.getTime() - at.getTime() > (DAYS_TO_LOOK - 1) * DAY * 60_000;
}

function weekdayOf(date: BusinessDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
