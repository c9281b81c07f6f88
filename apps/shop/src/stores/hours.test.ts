import { expect, it } from "vitest";
import { collectionTimes, exceptionsAhead, hoursOn, weekAhead } from "./hours.ts";

const day = (from: number, until: number) => [{ from, until }];
const hours = {
  weekly: [day(480, 1140), day(480, 1140), day(480, 1140), day(480, 1140), day(1200, 1560), day(540, 600), []],
  exceptions: [
    { date: "2026-12-25", name: "Christmas", intervals: [] },
    { date: "2026-11-01", name: "All Saints", intervals: day(600, 720) },
  ],
};
const PARIS = "Europe/Paris";
const times = (now: string, ready: number) =>
  collectionTimes(hours, PARIS, new Date(now), ready).map((at) => at.toISOString().slice(5, 16));

it("[COL-1] the first time is when the order can be ready, on the next quarter hour while the place is open", () => {
  // Monday 10:07 in Paris; ready in ten minutes.
  expect(times("2026-11-23T09:07:00Z", 10).slice(0, 2)).toEqual(["11-23T09:30", "11-23T09:45"]);
  // Before opening: the opening itself.
  expect(times("2026-11-23T05:00:00Z", 10)[0]).toBe("11-23T07:00");
});

it("[COL-1] the last time of a day is ten minutes before closing at the latest, then tomorrow's follow", () => {
  const monday = times("2026-11-23T17:20:00Z", 10);
  expect(monday.slice(0, 3)).toEqual(["11-23T17:30", "11-23T17:45", "11-24T07:00"]);
});

it("[COL-1] a night that passes midnight goes on, although the date is the next one's", () => {
  // Friday opens 20:00 until 02:00; it is Saturday 00:40 in Paris.
  expect(times("2026-11-27T23:40:00Z", 5).slice(0, 3)).toEqual(["11-27T23:45", "11-28T00:00", "11-28T00:15"]);
});

it("[COL-1] a closed day offers nothing", () => {
  expect(times("2026-11-29T09:00:00Z", 5).every((time) => time.startsWith("11-30"))).toBe(true);
});

it("an exception takes the place of the week, and says its name", () => {
  expect(hoursOn(hours, "2026-12-25")).toEqual({ date: "2026-12-25", intervals: [], exception: "Christmas" });
  expect(hoursOn(hours, "2026-12-26").intervals).toEqual(day(540, 600));
});

it("the week ahead begins with the place's own today", () => {
  // 23:30 UTC on Sunday is Monday in Paris.
  expect(weekAhead(hours, PARIS, new Date("2026-11-22T23:30:00Z"))[0]).toEqual({
    date: "2026-11-23",
    intervals: day(480, 1140),
    exception: null,
  });
});

it("exceptions that are over are not shown", () => {
  expect(exceptionsAhead(hours, PARIS, new Date("2026-11-22T12:00:00Z")).map(({ date }) => date)).toEqual(["2026-12-25"]);
});
