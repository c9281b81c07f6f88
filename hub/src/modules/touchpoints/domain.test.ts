import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientTime, HOUR_MS, occurredAt } from "./domain.ts";

const NOON = Date.UTC(2026, 2, 2, 12);

describe("[TCH-2] when it happened", () => {
  it("a client whose clock is wrong by any amount tells the same time", () => {
    const clockErrors = fc.integer({ min: -10 * 365 * 24 * HOUR_MS, max: 10 * 365 * 24 * HOUR_MS });
    fc.assert(
      fc.property(clockErrors, fc.integer({ min: 0, max: 48 * HOUR_MS }), (clockError, waited) => {
        const original = NOON - waited + clockError;
        expect(occurredAt({ original, sent: NOON + clockError, received: NOON })).toBe(NOON - waited);
      }),
    );
  });

  it("no clock is so wrong that the time cannot be stored", () => {
    const times = fc.option(fc.integer({ min: 0, max: 253_402_300_799_999 }));
    fc.assert(
      fc.property(times, times, (original, sent) => {
        const at = occurredAt({ original, sent, received: NOON });
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(NOON + 24 * HOUR_MS);
      }),
    );
  });

  it.each([
    ["nothing is said", { original: null, sent: null }, 0],
    ["only an older time of the client", { original: NOON - 5 * HOUR_MS, sent: null }, -5],
    ["a client's time 23 hours ahead", { original: NOON + 23 * HOUR_MS, sent: null }, 23],
    ["a client's time 25 hours ahead", { original: NOON + 25 * HOUR_MS, sent: null }, 0],
    ["sent two days before it happened", { original: NOON + 48 * HOUR_MS, sent: NOON }, 24],
  ])("%s", (_name, times, hoursLater) => {
    expect(occurredAt({ ...times, received: NOON })).toBe(NOON + hoursLater * HOUR_MS);
  });

  it("seconds, milliseconds and ISO 8601 are one time; what is none is no time", () => {
    const texts = [NOON / 1000, NOON, new Date(NOON).toISOString(), "2026-03-02T13:00:00+01:00"];
    expect(texts.map(clientTime)).toEqual([NOON, NOON, NOON, NOON]);
    expect(["", "yesterday", -1, Number.NaN, {}, null, undefined, 1e18, "+275760-09-13T00:00:00Z"].map(clientTime)).toEqual(
      Array.from({ length: 9 }, () => null),
    );
  });
});
