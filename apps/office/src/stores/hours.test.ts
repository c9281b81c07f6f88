import { expect, it } from "vitest";
import { clockText, intervalOf, minutesOf, withDay, withException, withoutException } from "./hours.ts";

const hours = { weekly: Array.from({ length: 7 }, () => [{ from: 450, until: 1110 }]), exceptions: [] };

it("[OFC-5] an interval that passes midnight belongs to the day it begins on, and is shown on the clock", () => {
  expect(intervalOf("18:00", "01:00")).toEqual({ from: 1080, until: 1500 });
  expect(clockText(1500)).toBe("01:00");
  expect(clockText(450)).toBe("07:30");
});

it("[OFC-5] what is no time makes no interval", () => {
  expect([minutesOf("25:00"), minutesOf("9:61"), minutesOf(""), minutesOf("09:05")]).toEqual([undefined, undefined, undefined, 545]);
  expect(intervalOf("", "18:00")).toBeUndefined();
});

it("[OFC-5] the intervals of a day are kept in order, other days stay as they are", () => {
  const changed = withDay(hours, 5, [
    { from: 840, until: 1080 },
    { from: 480, until: 720 },
  ]);
  expect(changed.weekly[5]).toEqual([
    { from: 480, until: 720 },
    { from: 840, until: 1080 },
  ]);
  expect(changed.weekly[4]).toEqual(hours.weekly[4]);
});

it("[OFC-5] a date has one exception: a new one takes the place of the old, and all are in order", () => {
  const closed = { date: "2026-12-25", name: "Christmas", intervals: [] };
  const short = { date: "2026-12-24", name: "Eve", intervals: [{ from: 480, until: 840 }] };
  const both = withException(withException(hours, closed), short);
  expect(both.exceptions.map(({ date }) => date)).toEqual(["2026-12-24", "2026-12-25"]);
  expect(withException(both, { ...closed, name: "Holiday" }).exceptions[1]?.name).toBe("Holiday");
  expect(withoutException(both, "2026-12-24").exceptions).toEqual([closed]);
});
