import { readWindows, type WeekWindows } from "./windows.ts";

/** How many minutes of work a station does for one slot: always, at times of the week, or on one date. */
export type StationRoom = {
  readonly station: string;
  readonly minutes: number;
  readonly windows: WeekWindows | null;
  readonly date: string | null;
};

const ENTRY = /^([^:;,|]{1,24}):\s*(\d{1,4})(?:\s+(.+))?$/u;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOST_MINUTES = 1440;

/**
 * Reads how much work the stations of a place do for one slot, in minutes, as its people write it: `Bar: 12 | Kitchen: 8 Mo-Fr 11:00-14:00 | Bar: 20
 * Mo-Fr 07:30-09:30 | Bar: 6 2026-12-24` [PLA-13]. Undefined for anything else, and for a station that says twice what it does always or on a date.
 */
export function readSlotRoom(text: string): readonly StationRoom[] | undefined {
  const parts = text.split("|").map((part) => part.trim());
  const written = parts.filter((part) => part !== "");
  const entries = written.flatMap((part) => readEntry(part) ?? []);
  const whens = entries.flatMap(({ station, windows, date }) => (windows ? [] : [`${station} ${date}`]));
  return entries.length === written.length && new Set(whens).size === whens.length ? entries : undefined;
}

function readEntry(part: string): StationRoom | undefined {
  const [, station = "", minutes = "", when] = ENTRY.exec(part) ?? [];
  if (station.trim() === "" || Number(minutes) > MOST_MINUTES) return undefined;
  const room = { station: station.trim(), minutes: Number(minutes) };
  if (when === undefined) return { ...room, windows: null, date: null };
  if (DATE.test(when)) return Number.isNaN(Date.parse(when)) ? undefined : { ...room, windows: null, date: when };
  const windows = readWindows(when);
  return windows?.some((day) => day.length > 0) ? { ...room, windows, date: null } : undefined;
}

/**
 * Seconds of work of each station for a slot that begins at a time of a date: what is said of the date goes before what is said of the time of the week,
 * and that before what holds always. A station of which only other times are said does nothing; one that is not named is not in the answer: its work is
 * not counted.
 */
export function roomThen(
  rooms: readonly StationRoom[],
  { date, minutes }: { readonly date: string; readonly minutes: number },
): Readonly<Record<string, number>> {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const isThen = ({ windows }: StationRoom): boolean =>
    windows?.[weekday]?.some(({ from, until }) => from <= minutes && minutes < until) ?? false;
  const isAlways = (room: StationRoom): boolean => room.windows === null && room.date === null;
  const stations = [...Map.groupBy(rooms, ({ station }) => station)];
  return Object.fromEntries(
    stations.map(([station, own]) => {
      const room = own.find((one) => one.date === date) ?? own.find(isThen) ?? own.find(isAlways);
      return [station, (room?.minutes ?? 0) * 60];
    }),
  );
}
