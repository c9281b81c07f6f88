/** Which of two numbers comes first in dates like 03/04/1990. */
export type DayOrder = "dayFirst" | "monthFirst";

const YEAR_FIRST = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[ T].*)?$/;
const YEAR_LAST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/;

/** The order that most dates of a column ask for, by the numbers above 12; day first when none tells. */
export function dayOrderOf(values: Iterable<string>): DayOrder {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const value of values) {
    const match = YEAR_LAST.exec(value.trim());
    if (!match) continue;
    if (Number(match[1]) > 12) dayFirst++;
    if (Number(match[2]) > 12) monthFirst++;
  }
  return monthFirst > dayFirst ? "monthFirst" : "dayFirst";
}

/**
 * The eight digits YYYYMMDD of a date as it was written, however impossible: `1859-13-14` gives `18591314`, because what damages dates must
 * stay visible. Two-digit years below 30 are of this century. What is no date gives its digits, or nothing.
 */
export function dateDigits(text: string, order: DayOrder): string {
  const value = text.trim();
  const first = YEAR_FIRST.exec(value);
  if (first) return `${first[1]}${first[2]?.padStart(2, "0")}${first[3]?.padStart(2, "0")}`;
  const last = YEAR_LAST.exec(value);
  if (!last) return value.replaceAll(/\D/g, "");
  const [day, month] = order === "dayFirst" ? [last[1], last[2]] : [last[2], last[1]];
  const year = last[3]?.length === 2 ? `${Number(last[3]) < 30 ? "20" : "19"}${last[3]}` : last[3];
  return `${year}${month?.padStart(2, "0")}${day?.padStart(2, "0")}`;
}

/** Days since year 0 by the civil calendar; enough to tell how far two dates are apart. */
export function dayNumber(digits: string): number {
  const year = Number(digits.slice(0, 4));
  return year * 365.2425 + (Number(digits.slice(4, 6)) - 1) * 30.44 + Number(digits.slice(6, 8));
}
