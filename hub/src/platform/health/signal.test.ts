import { expect, it } from "vitest";
import { stateOf } from "./signal.ts";
import { PLATFORM_SIGNALS } from "./signals.ts";

const LAG = { worse: "above", watch: 1, bad: 10 } as const;
const ROOM = { worse: "below", watch: 5, bad: 1 } as const;

it("a signal is good up to its threshold, and worse beyond it on its own side", () => {
  expect([0, 1, 1.1, 10, 11].map((value) => stateOf(LAG, value))).toEqual(["good", "good", "watch", "watch", "bad"]);
  expect([6, 5, 4.9, 1, 0.5].map((value) => stateOf(ROOM, value))).toEqual(["good", "good", "watch", "watch", "bad"]);
});

it("what there is not is good, what could not be measured is unknown", () => {
  expect([stateOf(LAG, null), stateOf(LAG, undefined)]).toEqual(["good", "unknown"]);
});

it("every signal has a name of its own, and thresholds that get worse on their side", () => {
  expect(new Set(PLATFORM_SIGNALS.map(({ name }) => name)).size).toBe(PLATFORM_SIGNALS.length);
  for (const { name, worse, watch, bad } of PLATFORM_SIGNALS) expect(worse === "above" ? bad >= watch : bad <= watch, name).toBe(true);
});
