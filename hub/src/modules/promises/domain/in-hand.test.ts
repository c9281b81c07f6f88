import { expect, it } from "vitest";
import { inHandAt, minutesOnFoot } from "./in-hand.ts";
import type { PromisingPlace } from "./promise.ts";

const NOON = new Date("2026-03-02T11:00:00Z");
const open: PromisingPlace = {
  isServing: true,
  hours: { weekly: Array.from({ length: 7 }, () => [{ from: 0, until: 24 * 60 }]), exceptions: [] },
  timeZone: "Europe/Paris",
  collectReadyMinutes: 5,
};
const minutes = (place: PromisingPlace, meters: number) => ((inHandAt(place, meters, NOON)?.at.getTime() ?? NaN) - NOON.getTime()) / 60_000;

it("[PRM-81] is when it is ready, or when they are there, whichever is later", () => {
  expect(minutesOnFoot(800)).toBe(13);
  expect(minutes(open, 100)).toBe(6);
  expect(minutes(open, 800)).toBe(13);
});

it("[PRM-81] a nearer store with a queue, a pause or closed doors is later than one farther away", () => {
  expect(minutes({ ...open, queueSeconds: 1800 }, 100)).toBe(36);
  expect(minutes({ ...open, pausedUntil: new Date("2026-03-02T12:00:00Z") }, 100)).toBe(66);
  expect(inHandAt({ ...open, isServing: false }, 100, NOON)).toBeNull();
});
