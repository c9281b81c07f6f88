import { addDays, instantOf, wallClock } from "@weft/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextOpening, openState, type OpeningHours, type OpeningInterval } from "./open-state.ts";

const PARIS = "Europe/Paris";
const at = (time: string) => new Date(time);
const every = (...intervals: OpeningInterval[]): OpeningHours => ({ weekly: Array.from({ length: 7 }, () => intervals), exceptions: [] });
const hm = (hours: number, minutes = 0) => hours * 60 + minutes;
const ninetoSix = every({ from: hm(9), until: hm(18) });

describe("[PLA-3] open state", () => {
  it.each([
    ["2026-11-24T07:59:59Z", "closed", "2026-11-24T08:00:00.000Z"],
    ["2026-11-24T08:00:00Z", "open", "2026-11-24T17:00:00.000Z"],
    ["2026-11-24T16:29:59Z", "open", "2026-11-24T17:00:00.000Z"],
    ["2026-11-24T16:30:00Z", "closing_soon", "2026-11-24T17:00:00.000Z"],
    ["2026-11-24T17:00:00Z", "closed", "2026-11-25T08:00:00.000Z"],
  ])("from nine to six in Paris at %s: %s until %s", (time, state, nextChange) => {
    expect(openState(ninetoSix, PARIS, at(time))).toEqual({ state, nextChange: at(nextChange), because: null });
  });

  it("tells the end of the lunch break, and the opening after a closed Sunday", () => {
    const day = [
      { from: hm(8), until: hm(12) },
      { from: hm(14), until: hm(19) },
    ];
    const hours: OpeningHours = { weekly: [day, day, day, day, day, day, []], exceptions: [] };
    expect(openState(hours, PARIS, at("2026-11-24T12:30:00Z"))).toMatchObject({ state: "closed", nextChange: at("2026-11-24T13:00:00Z") });
    expect(openState(hours, PARIS, at("2026-11-28T19:00:00Z"))).toMatchObject({ state: "closed", nextChange: at("2026-11-30T07:00:00Z") });
  });

  it("an interval past midnight belongs to the day it starts on", () => {
    const friday = { from: hm(18), until: hm(26) };
    const hours: OpeningHours = { weekly: [[], [], [], [], [friday], [], []], exceptions: [] };
    expect(openState(hours, PARIS, at("2026-11-28T00:30:00Z"))).toMatchObject({
      state: "closing_soon",
      nextChange: at("2026-11-28T01:00:00Z"),
    });
    expect(openState(hours, PARIS, at("2026-11-27T00:30:00Z"))).toMatchObject({ state: "closed", nextChange: at("2026-11-27T17:00:00Z") });
  });

  it("intervals that touch are one: no change in between, and a place that never closes has none at all", () => {
    const twice = every({ from: hm(8), until: hm(12) }, { from: hm(12), until: hm(18) });
    expect(openState(twice, PARIS, at("2026-11-24T10:59:00Z"))).toMatchObject({ state: "open", nextChange: at("2026-11-24T17:00:00Z") });
    expect(openState(every({ from: 0, until: hm(24) }), PARIS, at("2026-11-24T10:00:00Z"))).toEqual({
      state: "open",
      nextChange: null,
      because: null,
    });
  });

  it("never closed, but for one night: the change is that night, however far away", () => {
    const hours = { ...every({ from: 0, until: hm(24) }), exceptions: [{ date: "2027-01-01", name: "New Year", intervals: [] }] };
    expect(openState(hours, PARIS, at("2026-11-24T10:00:00Z"))).toMatchObject({ state: "open", nextChange: at("2026-12-31T23:00:00Z") });
    expect(openState(hours, PARIS, at("2027-01-01T10:00:00Z"))).toEqual({
      state: "closed",
      nextChange: at("2027-01-01T23:00:00Z"),
      because: "New Year",
    });
  });

  it("without hours it is closed and stays so; with only a dated opening it opens then, and closes for good", () => {
    const never: OpeningHours = { weekly: [[], [], [], [], [], [], []], exceptions: [] };
    expect(openState(never, PARIS, at("2026-11-24T10:00:00Z"))).toEqual({ state: "closed", nextChange: null, because: null });
    const market = { ...never, exceptions: [{ date: "2026-12-05", name: "Market", intervals: [{ from: hm(10), until: hm(16) }] }] };
    expect(nextOpening(market, PARIS, at("2026-11-24T10:00:00Z"))).toEqual(at("2026-12-05T09:00:00Z"));
    expect(openState(market, PARIS, at("2026-12-05T10:00:00Z"))).toEqual({
      state: "open",
      nextChange: at("2026-12-05T15:00:00Z"),
      because: "Market",
    });
    expect(nextOpening(market, PARIS, at("2026-12-06T10:00:00Z"))).toBeUndefined();
  });
});

describe("[PLA-3] exceptions", () => {
  const allSaints = { date: "2026-11-01", name: "All Saints' Day", intervals: [] };
  const eve = { date: "2026-12-24", name: "Christmas Eve", intervals: [{ from: hm(9), until: hm(13) }] };
  const hours = { ...ninetoSix, exceptions: [allSaints, eve] };

  it("a closed day is named as the reason, and the next change is the day after", () => {
    expect(openState(hours, PARIS, at("2026-11-01T10:00:00Z"))).toEqual({
      state: "closed",
      nextChange: at("2026-11-02T08:00:00Z"),
      because: "All Saints' Day",
    });
  });

  it("short hours are named while open, and after them", () => {
    expect(openState(hours, PARIS, at("2026-12-24T09:00:00Z"))).toEqual({
      state: "open",
      nextChange: at("2026-12-24T12:00:00Z"),
      because: "Christmas Eve",
    });
    expect(openState(hours, PARIS, at("2026-12-24T14:00:00Z"))).toMatchObject({ state: "closed", because: "Christmas Eve" });
  });

  it("the night of a closed day is closed too, and says why after midnight", () => {
    const bar = { ...every({ from: hm(18), until: hm(26) }), exceptions: [allSaints] };
    expect(openState(bar, PARIS, at("2026-11-02T00:30:00Z"))).toMatchObject({ state: "closed", because: "All Saints' Day" });
    expect(openState(bar, PARIS, at("2026-11-02T10:00:00Z"))).toMatchObject({ state: "closed", because: null });
  });
});

/** The two nights on which clocks change: `forward` skips `gap` minutes from `skipped` on; on `back` the clock shows `repeated` twice. */
const ZONES = [
  { zone: "Europe/Paris", forward: "2026-03-29", skipped: hm(2), gap: 60, back: "2026-10-25", repeated: hm(2, 30) },
  { zone: "Europe/London", forward: "2026-03-29", skipped: hm(1), gap: 60, back: "2026-10-25", repeated: hm(1, 30) },
  { zone: "Atlantic/Azores", forward: "2026-03-29", skipped: hm(0), gap: 60, back: "2026-10-25", repeated: hm(0, 30) },
  { zone: "America/New_York", forward: "2026-03-08", skipped: hm(2), gap: 60, back: "2026-11-01", repeated: hm(1, 30) },
  { zone: "America/Santiago", forward: "2026-09-06", skipped: hm(0), gap: 60, back: "2026-04-04", repeated: hm(23, 30) },
  { zone: "Australia/Lord_Howe", forward: "2026-10-04", skipped: hm(2), gap: 30, back: "2026-04-05", repeated: hm(1, 45) },
] as const;

describe("[PLA-3] both nights of the clock change", () => {
  it.each(ZONES)("$zone: what the clock skips opens at the first instant that exists", ({ zone, forward, skipped, gap }) => {
    const noonBefore = instantOf(addDays(forward, -1), hm(12), zone);
    const opening = nextOpening(every({ from: skipped + 10, until: skipped + hm(8) }), zone, noonBefore) ?? noonBefore;
    expect(wallClock(opening, zone)).toMatchObject({ date: forward, minutes: skipped + gap });
    expect(wallClock(new Date(opening.getTime() - 60_000), zone).minutes).toBe((skipped + hm(24) - 1) % hm(24));
  });

  it.each(ZONES)("$zone: what the clock shows twice opens the first time and closes the last", ({ zone, gap, back, repeated }) => {
    const first = instantOf(back, repeated, zone, "earlier");
    const second = instantOf(back, repeated, zone, "later");
    expect(second.getTime() - first.getTime()).toBe(gap * 60_000);
    expect(nextOpening(every({ from: repeated, until: repeated + 300 }), zone, new Date(first.getTime() - 60_000))).toEqual(first);
    const closes = every({ from: Math.max(0, repeated - 300), until: repeated });
    expect(openState(closes, zone, new Date(first.getTime() - 1)).nextChange).toEqual(second);
    expect(openState(closes, zone, first).state).not.toBe("closed");
  });

  it("a store that opens at 02:30 opens at 03:00 when that is skipped, and at the first 02:30 of two", () => {
    const store = every({ from: hm(2, 30), until: hm(10) });
    expect(nextOpening(store, PARIS, at("2026-03-29T00:00:00Z"))).toEqual(at("2026-03-29T01:00:00Z"));
    expect(nextOpening(store, PARIS, at("2026-10-24T23:00:00Z"))).toEqual(at("2026-10-25T00:30:00Z"));
    expect(openState(store, PARIS, at("2026-10-25T01:15:00Z")).state).toBe("open");
  });

  it("an interval that the clock skips wholly does not open at all", () => {
    const short = every({ from: hm(2, 10), until: hm(2, 50) });
    expect(nextOpening(short, PARIS, at("2026-03-29T00:55:00Z"))).toEqual(at("2026-03-30T00:10:00Z"));
  });
});

describe("[PLA-3] properties", () => {
  const interval = fc
    .record({ from: fc.integer({ min: 0, max: 1439 }), length: fc.integer({ min: 1, max: 1200 }) })
    .map(({ from, length }) => ({ from, until: Math.min(2880, from + length) }));
  const hoursOf = fc.record({
    weekly: fc.array(fc.array(interval, { maxLength: 3 }), { minLength: 7, maxLength: 7 }),
    exceptions: fc.uniqueArray(
      fc.record({
        date: fc.integer({ min: 0, max: 40 }).map((days) => addDays("2026-10-10", days)),
        name: fc.string(),
        intervals: fc.array(interval, { maxLength: 2 }),
      }),
      { maxLength: 4, selector: ({ date }) => date },
    ),
  });
  const instant = fc.integer({ min: Date.parse("2026-10-15"), max: Date.parse("2026-11-10") }).map((ms) => new Date(ms));
  const zone = fc.constantFrom(...ZONES.map((each) => each.zone));
  const isOpen = (hours: OpeningHours, timeZone: string, time: Date) => openState(hours, timeZone, time, 0).state !== "closed";

  it("the next change is one: open and closed differ on its two sides, and agree up to it", () => {
    fc.assert(
      fc.property(hoursOf, zone, instant, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (hours, timeZone, time, part) => {
        const { nextChange } = openState(hours, timeZone, time, 0);
        if (!nextChange) return;
        expect(nextChange.getTime()).toBeGreaterThan(time.getTime());
        expect(isOpen(hours, timeZone, nextChange)).toBe(!isOpen(hours, timeZone, time));
        const between = new Date(time.getTime() + Math.floor((nextChange.getTime() - time.getTime()) * part));
        expect(isOpen(hours, timeZone, between)).toBe(isOpen(hours, timeZone, time));
      }),
      { numRuns: 400 },
    );
  });

  it("the order of intervals and exceptions does not matter", () => {
    fc.assert(
      fc.property(hoursOf, zone, instant, (hours, timeZone, time) => {
        const turned: OpeningHours = { weekly: hours.weekly.map((day) => day.toReversed()), exceptions: hours.exceptions.toReversed() };
        const { state, nextChange } = openState(hours, timeZone, time);
        expect(openState(turned, timeZone, time)).toMatchObject({ state, nextChange });
      }),
      { numRuns: 200 },
    );
  });
});
