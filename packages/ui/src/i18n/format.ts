import { currencyExponent, type Money } from "@weft/kernel";

let tag = "en-GB";
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.ListFormat>();

/** Sets the regional habits (BCP 47) that every formatter below follows. The language switch calls it. */
export function setFormatting(formattingTag: string): void {
  if (formattingTag === tag) return;
  tag = formattingTag;
  made.clear();
}

/** Making an Intl formatter costs some 50 µs, a list has hundreds of amounts: each kind is made once per language. */
function once<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.ListFormat>(
  key: string,
  make: () => T,
): T {
  const known = made.get(key);
  if (known) return known as T; // a key belongs to one kind of formatter
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

/** An amount as it is read here: `{ amount: 1250, currency: "EUR" }` is `€12.50` in English, `12,50 €` in French. */
export function formatMoney({ amount, currency }: Money): string {
  const digits = currencyExponent(currency);
  const options: Intl.NumberFormatOptions = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
  return once(`money ${currency}`, () => new Intl.NumberFormat(tag, options)).format(amount / 10 ** digits);
}

/** A count or quantity with the separators of the language. */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return once(`number ${JSON.stringify(options)}`, () => new Intl.NumberFormat(tag, options)).format(value);
}

/** Parts of a hundred as they are written here: `5.5` is `5.5%` in English, `5,5 %` in French. */
export function formatPercent(percent: number): string {
  return formatNumber(percent / 100, { style: "percent", maximumFractionDigits: 4 });
}

/** How long a date is written: `short` 22/11/2026, `medium` 22 Nov 2026, `long` 22 November 2026, `day` Sunday 22 November, `weekday` Sunday. */
export type DateStyle = "short" | "medium" | "long" | "day" | "weekday";
const DATE_STYLES: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  short: { day: "2-digit", month: "2-digit", year: "numeric" },
  medium: { day: "numeric", month: "short", year: "numeric" },
  long: { day: "numeric", month: "long", year: "numeric" },
  day: { weekday: "long", day: "numeric", month: "long" },
  weekday: { weekday: "long" },
};

/** Where a date or time is read: the time zone of the place it happened at. Without one, the reader's own. */
export type Reading = { readonly timeZone?: string | undefined; readonly style?: DateStyle };

/** How people say the day of something to come: by its name while no other day of that name is meant, else with its date. */
export function comingDayStyle(at: string | Date, now: Date): DateStyle {
  return new Date(at).getTime() - now.getTime() < 6 * 86_400_000 ? "weekday" : "day";
}

/** The date of an instant (ISO 8601 or Date) in the place's time zone. */
export function formatDate(at: string | Date, { timeZone, style = "medium" }: Reading = {}): string {
  return once(`date ${style} ${timeZone}`, () => new Intl.DateTimeFormat(tag, { ...DATE_STYLES[style], ...zone(timeZone) })).format(
    new Date(at),
  );
}

/** The wall-clock time of an instant in the place's time zone: `18:05`. */
export function formatTime(at: string | Date, { timeZone }: Reading = {}): string {
  return once(`time ${timeZone}`, () => new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit", ...zone(timeZone) })).format(
    new Date(at),
  );
}

/** Date and time together: `22 Nov 2026, 18:05`. */
export function formatDateTime(at: string | Date, { timeZone, style = "medium" }: Reading = {}): string {
  const options = { ...DATE_STYLES[style], hour: "2-digit", minute: "2-digit", ...zone(timeZone) } as const;
  return once(`datetime ${style} ${timeZone}`, () => new Intl.DateTimeFormat(tag, options)).format(new Date(at));
}

/** A business date (`2026-11-22`, no zone) as it is written here. */
export function formatBusinessDate(date: string, style: DateStyle = "medium"): string {
  return formatDate(`${date}T12:00:00Z`, { timeZone: "UTC", style });
}

/** The name of a month, 1 to 12: "April", "avril". */
export function formatMonthName(month: number): string {
  const formatter = once("month name", () => new Intl.DateTimeFormat(tag, { month: "long", timeZone: "UTC" }));
  return formatter.format(new Date(Date.UTC(2026, month - 1, 1)));
}

/** A distance in meters: `350 m`, `1.2 km`, `38 km`. Below a kilometer it is rounded to 10 m, because nobody's position is exact. */
export function formatDistance(meters: number): string {
  if (meters < 995) return formatNumber(Math.max(10, Math.round(meters / 10) * 10), { style: "unit", unit: "meter" });
  const digits = meters < 9950 ? 1 : 0;
  return formatNumber(meters / 1000, { style: "unit", unit: "kilometer", maximumFractionDigits: digits });
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** How long ago (or until) an instant is, in its largest whole unit: `3 minutes ago`. Under a minute: `now`. */
export function formatAgo(at: string | Date, now: Date): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000;
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? (["second", 1] as const);
  const format = once("ago", () => new Intl.RelativeTimeFormat(tag, { numeric: "auto" }));
  return unit === "second" ? format.format(0, "second") : format.format(Math.trunc(seconds / size), unit);
}

/** Names joined as a sentence does: `milk, soy and nuts`. */
export function formatList(items: readonly string[]): string {
  return once("list", () => new Intl.ListFormat(tag, { type: "conjunction" })).format(items);
}

function zone(timeZone: string | undefined): Intl.DateTimeFormatOptions {
  return timeZone === undefined ? {} : { timeZone };
}
