import { expect, it } from "vitest";
import { expiryOf, usableFrom } from "./expiry.ts";

const NOON = new Date("2026-03-02T11:00:00Z");
const PARIS = "Europe/Paris";
const day = (at: Date | null): string | null => at?.toLocaleString("sv", { timeZone: PARIS }) ?? null;

it.each([
  ["never", 0, null],
  ["days", 30, "2026-04-02 00:00:00"],
  ["inactivity", 30, "2026-04-02 00:00:00"],
  ["months", 0, "2026-04-01 00:00:00"],
  ["months", 12, "2027-04-01 00:00:00"],
  ["years", 0, "2027-01-01 00:00:00"],
  ["years", 1, "2028-01-01 00:00:00"],
] as const)(
  "[LOY-9] points that expire by %s, %i, last to the end of their last day on the clock of the place",
  (kind, length, expected) => {
    expect(day(expiryOf({ kind, length }, NOON, PARIS))).toBe(expected);
  },
);

it("[LOY-9] the day is that of the place, also where it is another one in Greenwich, and at the end of a long month", () => {
  expect(expiryOf({ kind: "months", length: 0 }, new Date("2026-01-31T23:30:00Z"), PARIS)?.toISOString()).toBe("2026-02-28T23:00:00.000Z");
  expect(expiryOf({ kind: "months", length: 1 }, new Date("2026-01-31T12:00:00Z"), PARIS)?.toISOString()).toBe("2026-02-28T23:00:00.000Z");
});

it("[LOY-16] points that wait can be used as their day begins, whatever the clock changes in between", () => {
  expect(usableFrom(0, NOON, PARIS)).toBeNull();
  expect([1, 14, 30].map((days) => day(usableFrom(days, NOON, PARIS)))).toEqual([
    "2026-03-03 00:00:00",
    "2026-03-16 00:00:00",
    "2026-04-01 00:00:00",
  ]);
});
