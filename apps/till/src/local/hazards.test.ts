import { expect, it } from "vitest";
import { isFull } from "../outbox/storage-check.ts";
import { clockTrouble } from "./clock.ts";

it("[OFF-5] a clock that is wrong by two minutes is told, whichever way; a slow answer is none", () => {
  expect(clockTrouble(0)).toBeNull();
  expect(clockTrouble(80_000)).toBeNull();
  expect(clockTrouble(-80_000)).toBeNull();
  expect(clockTrouble(121_000)).toEqual({ kind: "ahead", minutes: 2 });
  expect(clockTrouble(-3_600_000)).toEqual({ kind: "behind", minutes: 60 });
});

it("[OFF-6] no shift is opened on a disk that has no room for a day of sales", () => {
  expect(isFull({ quota: 1_000_000_000, usage: 10_000_000 })).toBe(false);
  expect(isFull({ quota: 1_000_000_000, usage: 985_000_000 })).toBe(true);
  expect(isFull({})).toBe(false);
});
