import type { ContactKind } from "@weft/contracts";
import { addDays, instantOf, wallClock, type BusinessDate } from "@weft/kernel";

/** Hours in which somebody does not want to hear from us; minutes after midnight on their own clock. May run over midnight. */
export type QuietHours = { readonly from: number; readonly until: number; readonly timeZone: string };

/** When marketing may reach somebody by a kind of channel: between two times of the day, on these days. */
type Window = { readonly from: number; readonly until: number; readonly isQuietOn: (date: BusinessDate, weekday: number) => boolean };

const never = () => false;
const SUNDAY = 7;
const INTERRUPTING: ReadonlySet<ContactKind> = new Set(["sms", "push", "phone"]);
const DAYTIME: Window = { from: 8 * 60, until: 21 * 60, isQuietOn: never };
const FRENCH: Window = { from: 8 * 60, until: 22 * 60, isQuietOn: (date, weekday) => weekday === SUNDAY || isFrenchHoliday(date) };

/** The retailer's starting values for what rings or buzzes, by the country of the legal entity; mail waits in its box. */
function windowOf(country: string, kind: ContactKind): Window | null {
  if (!INTERRUPTING.has(kind)) return null;
  return country === "FR" ? FRENCH : DAYTIME;
}

/** The whole day, as one that is quiet all through. */
const DAY_MINUTES = 24 * 60;
/** Longer than any row of Sundays, holidays and a person's own hours, so that a search ends. */
const MOST_DAYS = 14;

/**
 * The first instant from `at` on at which marketing may reach somebody [CNS-7]: `at` itself, or the end of the quiet hours of the country
 * and of their own. Null when their own hours leave nothing of the day.
 */
export function nextAllowed(
  at: Date,
  given: { readonly country: string; readonly kind: ContactKind; readonly timeZone: string; readonly own: QuietHours | null },
): Date | null {
  const { own } = given;
  const window = windowOf(given.country, given.kind);
  const zone = own?.timeZone ?? given.timeZone;
  const last = at.getTime() + MOST_DAYS * DAY_MINUTES * 60_000;
  let next = at;
  while (next.getTime() < last) {
    const later = endOfQuiet(next, window, own, zone);
    if (later === null) return next;
    next = later;
  }
  return null;
}

/** When the quiet that holds at an instant ends; null when it is not quiet. */
function endOfQuiet(at: Date, window: Window | null, own: QuietHours | null, zone: string): Date | null {
  const { date, minutes, weekday } = wallClock(at, zone);
  if (window) {
    if (window.isQuietOn(date, weekday) || minutes >= window.until) return instantOf(addDays(date, 1), window.from, zone);
    if (minutes < window.from) return instantOf(date, window.from, zone);
  }
  if (!own || own.from === own.until) return null;
  if (own.from < own.until) return minutes >= own.from && minutes < own.until ? instantOf(date, own.until, zone, "later") : null;
  if (minutes >= own.from) return instantOf(addDays(date, 1), own.until, zone, "later");
  return minutes < own.until ? instantOf(date, own.until, zone, "later") : null;
}

const FRENCH_FIXED: ReadonlySet<string> = new Set(["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"]);
/** Easter Monday, Ascension and Whit Monday, in days after Easter Sunday. */
const AFTER_EASTER = [1, 39, 50];

function isFrenchHoliday(date: BusinessDate): boolean {
  if (FRENCH_FIXED.has(date.slice(5))) return true;
  const easter = easterSunday(Number(date.slice(0, 4)));
  return AFTER_EASTER.some((days) => addDays(easter, days) === date);
}

/** Easter Sunday of a year in the Gregorian calendar, by the anonymous algorithm of 1876; 2026: April 5. */
export function easterSunday(year: number): BusinessDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * late + 114;
  return `${year}-${String(Math.floor(days / 31)).padStart(2, "0")}-${String((days % 31) + 1).padStart(2, "0")}`;
}
