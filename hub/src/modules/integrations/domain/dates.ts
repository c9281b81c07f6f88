/** Which comes first where the digits leave it open. */
export type DateOrder = "dmy" | "mdy";

type Day = { readonly year: number; readonly month: number; readonly day: number };

const SEPARATED = /^(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})$/;
const JOINED = /^(\d{4})(\d{2})(\d{2})$/;
/** Two digits of a year of birth that lie ahead are of the century before. */
const OLDEST_YEARS = 100;

/**
 * A date as people write it, as `1979-04-05`; undefined when there is no such day. Four digits are a year wherever they stand; dots mean
 * that the day comes first, whatever the order; two digits are a year of the hundred before `thisYear`.
 */
export function readDate(text: string, order: DateOrder, thisYear: number): string | undefined {
  const trimmed = text.trim();
  const joined = JOINED.exec(trimmed);
  if (joined) return written({ year: Number(joined[1]), month: Number(joined[2]), day: Number(joined[3]) });
  const parts = SEPARATED.exec(trimmed);
  if (!parts) return undefined;
  const [first = "", second = "", third = ""] = parts.slice(1);
  if (first.length === 4) return written({ year: Number(first), month: Number(second), day: Number(third) });
  if (first.length === 3 || (third.length !== 4 && third.length !== 2)) return undefined;
  const year = third.length === 4 ? Number(third) : fullYear(Number(third), thisYear);
  const isDayFirst = trimmed.includes(".") || order === "dmy";
  return written(isDayFirst ? { year, month: Number(second), day: Number(first) } : { year, month: Number(first), day: Number(second) });
}

function fullYear(twoDigits: number, thisYear: number): number {
  const year = Math.floor(thisYear / 100) * 100 + twoDigits;
  return year > thisYear ? year - OLDEST_YEARS : year;
}

function written({ year, month, day }: Day): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  // A day that does not exist reads as another one.
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 1800 ? date.toISOString().slice(0, 10) : undefined;
}

/** A moment as a file names it: with its zone, or by the clock on some wall (`date`, and `seconds` after its midnight). */
export type FileTime = { readonly at: Date } | { readonly date: string; readonly seconds: number };

const ZONED = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})$/i;
const CLOCK = /^(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?$/i;
const SECONDS_END = 1e11;
const LAST_MS = 253_402_300_799_999;

/** Reads a moment; undefined when it is none. Plain numbers of ten digits and more count seconds, of thirteen milliseconds, since 1970. */
export function readTime(text: string, order: DateOrder, thisYear: number): FileTime | undefined {
  const trimmed = text.trim();
  if (/^\d{10,13}$/.test(trimmed)) return instant(Number(trimmed) < SECONDS_END ? Number(trimmed) * 1000 : Number(trimmed));
  const zoned = ZONED.exec(trimmed);
  if (zoned) {
    const [, date = "", clock = "", zone = ""] = zoned;
    const offset = /^(z|utc)$/i.test(zone) ? "Z" : zone.replace(/^([+-]\d{2}):?(\d{2})$/, "$1:$2");
    return instant(Date.parse(`${date}T${clock}${offset}`));
  }
  const [, day = "", rest = ""] = /^(\S+)(?:,?[T\s]+(.*))?$/.exec(trimmed.replace(/^(\d{4}-\d{2}-\d{2})T/, "$1 ")) ?? [];
  const date = readDate(day.replace(/,$/, ""), order, thisYear);
  const seconds = rest === "" ? 0 : secondsOf(rest);
  return date === undefined || seconds === undefined ? undefined : { date, seconds };
}

const instant = (ms: number): FileTime | undefined => (ms >= 0 && ms <= LAST_MS ? { at: new Date(ms) } : undefined);

function secondsOf(clock: string): number | undefined {
  const [, hourText, minuteText, secondText = "0", half = ""] = CLOCK.exec(clock.trim()) ?? [];
  if (hourText === undefined || minuteText === undefined) return undefined;
  const [hour, minute, second] = [Number(hourText), Number(minuteText), Number(secondText)];
  const isTwelve = half !== "";
  if (minute > 59 || second > 59 || hour > (isTwelve ? 12 : 23) || (isTwelve && hour === 0)) return undefined;
  const hours = isTwelve ? (hour % 12) + (half.toLowerCase().startsWith("p") ? 12 : 0) : hour;
  return hours * 3600 + minute * 60 + second;
}

/** In which order the dates of a column stand, by those that leave no doubt; null where every one could be both. */
export function dateOrderOf(samples: readonly string[]): DateOrder | null {
  let isOpen = false;
  for (const sample of samples) {
    const [, first = "", sign = "", second = ""] = /^(\d{1,2})([./\- ])(\d{1,2})[./\- ](?:\d{2}|\d{4})(?:\D|$)/.exec(sample.trim()) ?? [];
    if (first === "") continue;
    if (sign === "." || Number(first) > 12) return "dmy";
    if (Number(second) > 12) return "mdy";
    isOpen = true;
  }
  return isOpen ? null : "dmy";
}
