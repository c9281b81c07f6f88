import { expect, it } from "vitest";
import { isFull } from "../outbox/storage-check.ts";
import type { OutboxRow } from "../outbox/rows.ts";
import { clockTrouble } from "./clock.ts";
import { usedSince } from "./used-codes.ts";

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

it("[TIL-53] what a register used of a counted code counts until the hub's copy does", () => {
  const row = (at: string, codes: string[], isAnswered = false) =>
    ({ command: { kind: "sale.record", at, body: { codes } }, ...(isAnswered && { answer: { outcome: "done" } }) }) as unknown as OutboxRow; // what is asked of it
  const acts = [
    row("2026-03-02T08:00:00Z", ["HERE"], true),
    row("2026-03-02T08:30:00Z", ["HERE"]),
    row("2026-03-02T10:00:00Z", ["HERE", "TENTH"], true),
  ];
  expect(usedSince(acts, "2026-03-02T09:00:00Z")).toEqual(
    new Map([
      ["HERE", 2],
      ["TENTH", 1],
    ]),
  );
});
