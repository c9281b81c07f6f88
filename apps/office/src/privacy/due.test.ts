import { expect, it } from "vitest";
import { dueSoon } from "./due.ts";

it.each([
  ["2026-03-09T12:00:00Z", "late"],
  ["2026-03-10T12:00:01Z", "soon"],
  ["2026-03-17T11:59:59Z", "soon"],
  ["2026-03-17T12:00:00Z", "in_time"],
] as const)("what is due at %s is %s on the 10th at noon", (dueAt, when) => {
  expect(dueSoon(new Date(dueAt), new Date("2026-03-10T12:00:00Z"))).toBe(when);
});
