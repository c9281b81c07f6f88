import { addDays } from "@weft/kernel";
import type { Country, OpeningHours, OpeningInterval, PlaceSite } from "../types.ts";

/** Reads `"08:00-14:00 16:30-20:30"`; an end at or before its beginning is on the next day: `"09:00-02:00"`. */
export function intervals(text: string): readonly OpeningInterval[] {
  if (text === "") return [];
  return text.split(" ").map((part) => {
    const [from = 0, until = 0] = part.split("-").map(minutesOf);
    return { from, until: until <= from ? until + 1440 : until };
  });
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Monday to Friday, Saturday, Sunday. */
export type WeekPattern = readonly [weekdays: string, saturday: string, sunday: string];

const PATTERNS: Readonly<Record<Country, WeekPattern>> = {
  FR: ["07:30-19:00", "08:00-19:30", "09:00-17:00"],
  DE: ["07:00-19:00", "08:00-19:00", "09:00-18:00"],
  ES: ["07:30-20:30", "08:30-20:30", "09:00-14:30"],
};
const STATION: WeekPattern = ["05:45-21:30", "06:30-21:30", "07:00-21:30"];
const AIRPORT: WeekPattern = ["04:30-22:30", "04:30-22:30", "04:30-22:30"];
const DEPOT: WeekPattern = ["06:00-18:00", "", ""];

/** Of a store that never closes, not on holidays either. */
export const ROUND_THE_CLOCK: OpeningHours = { weekly: Array.from({ length: 7 }, () => [{ from: 0, until: 1440 }]), exceptions: [] };

/** The week of a place and the holidays of two years. Stations and airports keep their hours on holidays, a depot rests. */
export function openingHours(country: Country, site: PlaceSite, years: readonly number[], pattern?: WeekPattern): OpeningHours {
  const [weekdays, saturday, sunday] = pattern ?? usualWeek(country, site);
  const week = [weekdays, weekdays, weekdays, weekdays, weekdays, saturday, sunday].map(intervals);
  if (site === "station" || site === "airport") return { weekly: week, exceptions: [] };
  const exceptions = years
    .flatMap((year) => holidays(country, year))
    .map(({ date, name, open }) => ({ date, name, intervals: site === "depot" ? [] : intervals(open) }));
  return { weekly: week, exceptions };
}

function usualWeek(country: Country, site: PlaceSite): WeekPattern {
  if (site === "station") return STATION;
  if (site === "airport") return AIRPORT;
  return site === "depot" ? DEPOT : PATTERNS[country];
}

type Holiday = { readonly date: string; readonly name: string; readonly open: string };

/** Public holidays on which the chain rests or keeps short hours, by date. */
function holidays(country: Country, year: number): readonly Holiday[] {
  const easter = easterSunday(year);
  const on = (monthDay: string, name: string, open = ""): Holiday => ({ date: `${year}-${monthDay}`, name, open });
  const after = (days: number, name: string, open = ""): Holiday => ({ date: addDays(easter, days), name, open });
  const list: Readonly<Record<Country, readonly Holiday[]>> = {
    FR: [
      on("01-01", "Jour de l’An"),
      after(1, "Lundi de Pâques", "09:00-14:00"),
      on("05-01", "Fête du Travail"),
      on("05-08", "Victoire 1945", "09:00-17:00"),
      after(39, "Ascension", "09:00-17:00"),
      on("07-14", "Fête nationale", "09:00-17:00"),
      on("08-15", "Assomption", "09:00-14:00"),
      on("11-01", "Toussaint", "09:00-14:00"),
      on("11-11", "Armistice 1918", "09:00-17:00"),
      on("12-25", "Noël"),
    ],
    DE: [
      on("01-01", "Neujahr"),
      after(-2, "Karfreitag"),
      after(1, "Ostermontag", "10:00-17:00"),
      on("05-01", "Tag der Arbeit", "10:00-17:00"),
      after(39, "Christi Himmelfahrt", "10:00-17:00"),
      after(50, "Pfingstmontag", "10:00-17:00"),
      on("10-03", "Tag der Deutschen Einheit", "10:00-17:00"),
      on("12-25", "Erster Weihnachtstag"),
      on("12-26", "Zweiter Weihnachtstag"),
    ],
    ES: [
      on("01-01", "Cap d’Any"),
      on("01-06", "Reis"),
      after(-2, "Divendres Sant", "09:00-14:00"),
      after(1, "Dilluns de Pasqua", "09:00-14:00"),
      on("05-01", "Festa del Treball"),
      on("06-24", "Sant Joan", "10:00-14:00"),
      on("09-11", "Diada Nacional de Catalunya", "09:00-14:00"),
      on("11-01", "Tots Sants", "09:00-14:00"),
      on("12-25", "Nadal"),
      on("12-26", "Sant Esteve"),
    ],
  };
  return list[country].toSorted((a, b) => a.date.localeCompare(b.date));
}

/** The date of Easter Sunday in the Gregorian calendar (the anonymous computus of 1876). */
export function easterSunday(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const moon = (19 * golden + century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - moon - (year % 4)) % 7;
  const correction = Math.floor((golden + 11 * moon + 22 * weekday) / 451);
  const day = moon + weekday - 7 * correction + 114;
  return `${year}-${String(Math.floor(day / 31)).padStart(2, "0")}-${String((day % 31) + 1).padStart(2, "0")}`;
}
