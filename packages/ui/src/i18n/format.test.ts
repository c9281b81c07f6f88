import { afterEach, expect, it } from "vitest";
import {
  comingDayStyle,
  formatAgo,
  formatBusinessDate,
  formatDate,
  formatDistance,
  formatMoney,
  formatPercent,
  formatTime,
  setFormatting,
} from "./format.ts";

// Intl writes no-break spaces, which differ by version of its data.
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");
const euros = { amount: 123_450, currency: "EUR" };

afterEach(() => setFormatting("en-GB"));

it("[FMT-1] an amount is written as its language writes it, in the digits of its currency", () => {
  expect(plain(formatMoney(euros))).toBe("€1,234.50");
  setFormatting("de-DE");
  expect(plain(formatMoney(euros))).toBe("1.234,50 €");
  expect(plain(formatMoney({ amount: 500, currency: "JPY" }))).toBe("500 ¥");
  expect(plain(formatMoney({ amount: 1500, currency: "KWD" }))).toBe("1,500 KWD");
});

it("[FMT-1] a tax rate is written as its language writes it, with no more digits than it has", () => {
  expect(["20", "5.5"].map((rate) => formatPercent(Number(rate)))).toEqual(["20%", "5.5%"]);
  setFormatting("ca-ES");
  expect(["20", "5.5"].map((rate) => plain(formatPercent(Number(rate))))).toEqual(["20 %", "5,5 %"]);
});

it("[FMT-2] an instant is read on the clock of its place, not of the reader", () => {
  const at = "2026-11-22T23:30:00Z";
  expect(formatTime(at, { timeZone: "Europe/Paris" })).toBe("00:30");
  expect(formatDate(at, { timeZone: "Europe/Paris" })).toBe("23 Nov 2026");
  expect(formatDate(at, { timeZone: "America/New_York" })).toBe("22 Nov 2026");
});

it("[FMT-2] a business date has no clock and stays the same day everywhere", () => {
  expect(formatBusinessDate("2026-03-01", "long")).toBe("1 March 2026");
});

it("[FMT-2] a day to come is called by its name for as long as that says which one", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const said = (at: string) => formatDate(at, { timeZone: "Europe/Paris", style: comingDayStyle(at, now) });
  expect(said("2026-11-27T07:30:00Z")).toBe("Friday");
  expect(plain(said("2026-11-29T07:30:00Z"))).toBe("Sunday 29 November");
});

it("[FMT-3] distances are meters below a kilometer, with one decimal below ten", () => {
  expect([4, 347, 996, 1234, 9960, 38_400].map((meters) => plain(formatDistance(meters)))).toEqual([
    "10 m",
    "350 m",
    "1 km",
    "1.2 km",
    "10 km",
    "38 km",
  ]);
});

it("[FMT-4] the time since is in its largest whole unit, also in Catalan", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  expect(formatAgo("2026-11-22T11:57:10Z", now)).toBe("2 minutes ago");
  expect(formatAgo("2026-11-22T11:59:40Z", now)).toBe("now");
  expect(formatAgo("2026-11-22T15:00:00Z", now)).toBe("in 3 hours");
  setFormatting("ca-ES");
  expect(formatAgo("2026-11-20T11:00:00Z", now)).toBe("abans-d’ahir");
});
