import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addMonths, businessDate, instantOf, wallClock } from "./zoned-time.ts";

const at = (iso: string): Date => new Date(iso);

describe("the clock on the wall", () => {
  it.each([
    ["2026-03-02T09:15:00Z", "Europe/Paris", { date: "2026-03-02", minutes: 10 * 60 + 15, weekday: 1 }],
    ["2026-03-01T23:30:00Z", "Europe/Berlin", { date: "2026-03-02", minutes: 30, weekday: 1 }],
    ["2026-03-01T12:00:00Z", "Asia/Tokyo", { date: "2026-03-01", minutes: 21 * 60, weekday: 7 }],
    ["2026-03-02T00:00:00Z", "America/New_York", { date: "2026-03-01", minutes: 19 * 60, weekday: 7 }],
  ])("at %s in %s shows %j", (iso, timeZone, expected) => {
    expect(wallClock(at(iso), timeZone)).toEqual(expected);
  });

  it("in every zone shows what the formatter of the platform shows, also around clock changes at odd minutes", () => {
    const zones = ["Europe/Paris", "America/Goose_Bay", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago", "Pacific/Apia"];
    const instant = fc.integer({ min: Date.parse("1973-01-01"), max: Date.parse("2037-12-31") });
    // Goose Bay changed its clocks at one minute past midnight until 2011.
    const oddChange = fc.integer({ min: -120_000, max: 120_000 }).map((ms) => Date.parse("1987-04-05T04:01:00Z") + ms);
    fc.assert(
      fc.property(fc.oneof(instant, oddChange), fc.constantFrom(...zones), (ms, timeZone) => {
        const { date, minutes } = wallClock(new Date(ms), timeZone);
        const shown = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(ms);
        const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
        expect(`${date} ${clock}`).toBe(shown);
      }),
      { numRuns: 500 },
    );
  });

  it("months are added to the same day, or to the last where the month is shorter", () => {
    expect([addMonths("2026-01-31", 1), addMonths("2024-02-29", 12), addMonths("2026-11-15", 24), addMonths("2026-12-31", 2)]).toEqual([
      "2026-02-28",
      "2025-02-28",
      "2028-11-15",
      "2027-02-28",
    ]);
  });

  it("days are added over the ends of months and years", () => {
    expect([addDays("2026-02-28", 1), addDays("2028-02-28", 1), addDays("2026-01-01", -1), addDays("2026-03-29", 0)]).toEqual([
      "2026-03-01",
      "2028-02-29",
      "2025-12-31",
      "2026-03-29",
    ]);
  });
});

describe("the business date", () => {
  it("is the day before while a place that closes after midnight has not ended its day", () => {
    const closesAtTwo = (iso: string) => businessDate(at(iso), "Europe/Paris", 120);
    expect(closesAtTwo("2026-03-02T00:59:00Z")).toBe("2026-03-01");
    expect(closesAtTwo("2026-03-02T01:00:00Z")).toBe("2026-03-02");
    expect(businessDate(at("2026-03-01T23:00:00Z"), "Europe/Paris", 0)).toBe("2026-03-02");
  });
});

describe("the instant of a time on the wall", () => {
  it.each([
    ["an ordinary morning", "2026-03-02", 9 * 60, "earlier", "2026-03-02T08:00:00Z"],
    ["a time that the clock change skips moves to its end", "2026-03-29", 2 * 60 + 30, "earlier", "2026-03-29T01:00:00Z"],
    ["just before the skipped hour", "2026-03-29", 2 * 60 - 1, "earlier", "2026-03-29T00:59:00Z"],
    ["just after the skipped hour", "2026-03-29", 3 * 60, "earlier", "2026-03-29T01:00:00Z"],
    ["a time that exists twice, for an opening", "2026-10-25", 2 * 60 + 30, "earlier", "2026-10-25T00:30:00Z"],
    ["a time that exists twice, for a closing", "2026-10-25", 2 * 60 + 30, "later", "2026-10-25T01:30:00Z"],
    ["minutes past midnight of the next day", "2026-03-02", 26 * 60, "earlier", "2026-03-03T01:00:00Z"],
  ] as const)("%s", (_title, date, minutes, prefer, iso) => {
    expect(instantOf(date, minutes, "Europe/Paris", prefer).toISOString()).toBe(at(iso).toISOString());
  });

  it("read back by the wall clock it is the same time, except inside a skipped hour", () => {
    const zone = fc.constantFrom(
      "Europe/Paris",
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Pacific/Auckland",
      "UTC",
    );
    fc.assert(
      fc.property(zone, fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 1439 }), (timeZone, day, minutes) => {
        const date = addDays("2024-01-01", day);
        const shown = wallClock(instantOf(date, minutes, timeZone), timeZone);
        expect(shown.date).toBe(date);
        // A skipped hour is at most 60 minutes in these zones; outside it the answer is exact.
        expect(shown.minutes).toBeGreaterThanOrEqual(minutes);
        expect(shown.minutes - minutes).toBeLessThanOrEqual(60);
        if (!(minutes >= 60 && minutes < 240)) expect(shown.minutes).toBe(minutes);
      }),
      { numRuns: 500 },
    );
  });
});
