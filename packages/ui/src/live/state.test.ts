import { expect, it } from "vitest";
import { OFFLINE_AFTER_MS, retryDelay, stateWithoutStream } from "./state.ts";

it("[LVC-4] a screen says reconnecting at first and offline, with the time it was lost, when that lasts", () => {
  expect(stateWithoutStream(undefined, 1000, true)).toEqual({ kind: "connecting" });
  expect(stateWithoutStream(1000, 1500, true)).toEqual({ kind: "reconnecting", since: 1000 });
  expect(stateWithoutStream(1000, 1000 + OFFLINE_AFTER_MS, true)).toEqual({ kind: "offline", since: 1000 });
});

it("[LVC-4] without a network it says offline at once", () => {
  expect(stateWithoutStream(1000, 1001, false)).toEqual({ kind: "offline", since: 1000 });
});

it("[LVC-5] pauses between tries grow to 15 seconds and differ between screens", () => {
  expect([0, 1, 2, 3].map((failures) => retryDelay(failures, 0))).toEqual([250, 500, 1000, 2000]);
  expect(retryDelay(50, 0)).toBe(15_000);
  expect(retryDelay(3, 0.999)).toBeGreaterThanOrEqual(1000);
  expect(retryDelay(3, 0.2)).not.toBe(retryDelay(3, 0.8));
});
