/** A calendar date in ISO form, `2026-03-29`, without a zone. */
export type BusinessDate = string;

/** The wall clock of an instant in a time zone. `minutes` counts from midnight, `weekday` is 1 (Monday) to 7 (ISO 8601). */
export type WallClock = { readonly date: BusinessDate; readonly minutes: number; readonly weekday: number };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(timeZone, format);
  }
  return format;
}

const MINUTE_MS = 60_000;
const MOST_OFFSETS = 50_000;
let offsets = new Map<string, Map<number, number>>();
let offsetCount = 0;

/**
 * How far a zone's clock is ahead of UTC. Clocks change on a full minute (in every zone since 1973), so one answer holds for its
 * minute, and openings and closings are the same few minutes of each day: asking the formatter each time made the open state of one
 * store take 0.4 ms.
 */
function zoneOffsetMs(at: Date, timeZone: string): number {
  const minute = Math.floor(at.getTime() / MINUTE_MS);
  let ofZone = offsets.get(timeZone);
  const known = ofZone?.get(minute);
  if (known !== undefined) return known;
  if (offsetCount >= MOST_OFFSETS) {
    offsets = new Map();
    offsetCount = 0;
    ofZone = undefined;
  }
  if (!ofZone) offsets.set(timeZone, (ofZone = new Map()));
  const offset = askOffsetMs(minute * MINUTE_MS, timeZone);
  ofZone.set(minute, offset);
  offsetCount += 1;
  return offset;
}

function askOffsetMs(ms: number, timeZone: string): number {
  const parts: Record<string, string> = {};
  for (const part of formatOf(timeZone).formatToParts(ms)) parts[part.type] = part.value;
  const asUtc = Date.UTC(
    Number(parts["year"]),
    Number(parts["month"]) - 1,
    Number(parts["day"]),
    Number(parts["hour"]),
    Number(parts["minute"]),
    Number(parts["second"]),
  );
  return asUtc - ms;
}

/** What the clock on the wall of a place shows at an instant. */
export function wallClock(at: Date, timeZone: string): WallClock {
  const wall = new Date(at.getTime() + zoneOffsetMs(at, timeZone));
  return {
    date: wall.toISOString().slice(0, 10),
    minutes: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
    weekday: wall.getUTCDay() || 7,
  };
}

/** The date `days` after (or before, when negative) a date. */
export function addDays(date: BusinessDate, days: number): BusinessDate {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The same day `months` later, or the last of that month where it has no such day: 2026-01-31 and 1 give 2026-02-28. */
export function addMonths(date: BusinessDate, months: number): BusinessDate {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/**
 * The business date of a document: the place's local date, or the day before while the place's day has not ended.
 * `dayEnd` is minutes after midnight, so a cafe that closes at 2 am says 120. Decided once, when the document is written.
 */
export function businessDate(at: Date, timeZone: string, dayEnd: number): BusinessDate {
  const wall = wallClock(at, timeZone);
  return wall.minutes < dayEnd ? addDays(wall.date, -1) : wall.date;
}

/**
 * The instant of a wall-clock time in a zone. A time that the clock change skips moves forward to the first valid instant;
 * one that exists twice is the first for `prefer: "earlier"` (an opening), the second for `"later"` (a closing).
 */
export function instantOf(date: BusinessDate, minutes: number, timeZone: string, prefer: "earlier" | "later" = "earlier"): Date {
  const naive = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  const before = zoneOffsetMs(new Date(naive - 86_400_000), timeZone);
  const after = zoneOffsetMs(new Date(naive + 86_400_000), timeZone);
  const candidates = [...new Set([naive - before, naive - after])].sort((a, b) => a - b).map((ms) => new Date(ms));
  const valid = candidates.filter((at) => zoneOffsetMs(at, timeZone) === naive - at.getTime());
  if (valid.length > 0) return prefer === "earlier" ? valid[0]! : valid[valid.length - 1]!; // length was checked
  // Skipped: walk from the instant before the gap to its end, at most three hours away.
  let at = Math.min(...candidates.map((c) => c.getTime()));
  const target = wallMs(new Date(naive));
  while (wallMs(new Date(at + zoneOffsetMs(new Date(at), timeZone))) < target) at += 60_000;
  return new Date(at);
}

const wallMs = (at: Date): number => at.getTime();
