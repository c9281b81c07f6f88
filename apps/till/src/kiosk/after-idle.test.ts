import { expect, it } from "vitest";
import { afterIdle } from "./after-idle.ts";

it("[KSK-6] who has gone is asked for 15 seconds whether they are still there; then the order is over", () => {
  expect(afterIdle("menu", 44_999)).toEqual({ kind: "here" });
  expect(afterIdle("cart", 45_000)).toEqual({ kind: "asking", seconds: 15 });
  expect(afterIdle("pay", 59_001)).toEqual({ kind: "asking", seconds: 1 });
  expect(afterIdle("menu", 60_000)).toEqual({ kind: "over" });
});

it("[KSK-6] nothing is taken away while a card is charged, and a number stays until it has been read", () => {
  expect(afterIdle("card", 10 * 60_000)).toEqual({ kind: "here" });
  expect(afterIdle("start", 10 * 60_000)).toEqual({ kind: "here" });
  expect([afterIdle("done", 24_999), afterIdle("done", 25_000)]).toEqual([{ kind: "here" }, { kind: "over" }]);
});
