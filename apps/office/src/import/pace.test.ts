import { expect, it } from "vitest";
import { paceOf, percentOf } from "./pace.ts";

it("a run's pace is lines by worked seconds, and what is left goes by bytes", () => {
  expect(paceOf({ lines: 5000, seconds: 10, readBytes: 250_000, bytes: 1_000_000 })).toEqual({ linesPerSecond: 500, secondsLeft: 30 });
  expect(paceOf({ lines: 0, seconds: 0, readBytes: 0, bytes: 10 })).toBe(null);
  expect(percentOf({ readBytes: 250_000, bytes: 1_000_000 })).toBe(25);
  expect(percentOf({ readBytes: 0, bytes: 0 })).toBe(0);
});
