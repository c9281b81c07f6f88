import { expect, it } from "vitest";
import { daysAt } from "./days.ts";

const at = (iso: string): Date => new Date(iso);
const clock = (timeZone: string, dayEnd = 0) => ({ timeZone, dayEnd });

it("[TDY-1] a place that closes after midnight is still in the day before, until its day ends", () => {
  const late = daysAt(clock("Europe/Madrid", 180), at("2026-03-07T01:59:00Z"));
  expect([late.today.date, late.before.date]).toEqual(["2026-03-06", "2026-02-27"]);
  expect([late.today.from, late.today.until]).toEqual([at("2026-03-06T02:00:00Z"), at("2026-03-07T02:00:00Z")]);
  expect(late.before.cut).toEqual(at("2026-02-28T01:59:00Z"));
  expect(daysAt(clock("Europe/Madrid", 180), at("2026-03-07T02:00:00Z")).today.date).toBe("2026-03-07");
});

it("[TDY-1] one instant is another day in another zone", () => {
  const now = at("2026-11-22T23:30:00Z");
  expect(daysAt(clock("Europe/London"), now).today.date).toBe("2026-11-22");
  expect(daysAt(clock("Europe/Paris"), now).today.date).toBe("2026-11-23");
});

it("[TDY-1] the day on which clocks go forward has 23 hours, that on which they go back 25", () => {
  const hours = (iso: string): number => {
    const { today } = daysAt(clock("Europe/Paris"), at(iso));
    return (today.until.getTime() - today.from.getTime()) / 3_600_000;
  };
  expect([hours("2026-03-29T12:00:00Z"), hours("2026-10-25T12:00:00Z"), hours("2026-03-28T12:00:00Z")]).toEqual([23, 25, 24]);
});

it("[TDY-1] days are compared up to the same time on the wall, also when the clocks changed in between", () => {
  // At two in the afternoon of summer time; the Sunday before was winter time.
  const { today, before } = daysAt(clock("Europe/Paris"), at("2026-03-29T12:00:30Z"));
  expect(before.date).toBe("2026-03-22");
  expect(before.cut).toEqual(at("2026-03-22T13:00:30Z"));
  expect(today.cut).toEqual(at("2026-03-29T12:00:30Z"));
});
