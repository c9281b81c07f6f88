import { expect, it } from "vitest";
import { createOutstanding } from "./outstanding.ts";

const NOBODY = new Set<string>();

/** One that has settled what came before it and has moved everything up to `highest`. */
function settledUpTo(highest: number) {
  const outstanding = createOutstanding(highest);
  outstanding.settle(NOBODY);
  outstanding.found([], false);
  return outstanding;
}

it("[LOG-3] a new sequencer looks at everything until the transactions that it found open have ended", () => {
  const outstanding = createOutstanding(100);
  expect(outstanding.look().above).toBe(0);
  outstanding.settle(new Set(["writer 1", "writer 2"]));
  outstanding.found([90], false);
  outstanding.settle(new Set(["writer 2", "writer 3"]));
  outstanding.found([], false);
  expect(outstanding.look().above).toBe(0);
  outstanding.settle(new Set(["writer 3"]));
  expect(outstanding.look().above, "one last look after they ended").toBe(0);
  outstanding.found([95], false);
  expect(outstanding.look()).toEqual({ above: 100, late: [] });
});

it("[LOG-3] a last look that was cut off by its limit was not the last", () => {
  const outstanding = createOutstanding(100);
  outstanding.settle(NOBODY);
  outstanding.found([1, 2, 3], true);
  expect(outstanding.look().above).toBe(0);
  outstanding.found([4], false);
  expect(outstanding.look().above).toBe(100);
});

it("[LOG-3] a number that was missed is looked for until it comes", () => {
  const outstanding = settledUpTo(10);
  outstanding.found([11, 14], false);
  expect(outstanding.look()).toEqual({ above: 14, late: [12, 13] });
  outstanding.settle(new Set(["slow"]));
  outstanding.found([13], false);
  expect(outstanding.look()).toEqual({ above: 14, late: [12] });
  outstanding.settle(new Set(["slow", "other"]));
  outstanding.found([12, 15], false);
  expect(outstanding.look()).toEqual({ above: 15, late: [] });
  expect(outstanding.isUnsettled()).toBe(false);
});

it("[LOG-3] a number that was rolled back is given up once all who could bring it have ended, and not before", () => {
  const outstanding = settledUpTo(10);
  outstanding.found([12], false);
  outstanding.settle(new Set(["slow"]));
  outstanding.found([], false);
  outstanding.settle(new Set(["slow", "later"]));
  outstanding.found([], false);
  expect(outstanding.look().late).toEqual([11]);
  outstanding.settle(new Set(["later"]));
  expect(outstanding.look().late, "one last look").toEqual([11]);
  outstanding.found([], false);
  expect(outstanding.look().late).toEqual([]);
});

it("[LOG-3] too many missed numbers are looked for together, by reading everything", () => {
  const outstanding = settledUpTo(10);
  outstanding.found([50_000], false);
  expect(outstanding.look()).toEqual({ above: 0, late: [] });
  outstanding.settle(NOBODY);
  outstanding.found([], false);
  expect(outstanding.look()).toEqual({ above: 50_000, late: [] });
});
