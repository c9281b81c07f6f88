import { expect, it } from "vitest";
import { byTime, isOverdue, proofOf, riskOf, timeText } from "./desk.ts";

const now = new Date("2026-11-22T10:00:00Z");
const work = (minutes: number | null, state: "planned" | "in_preparation" | "ready" = "planned") => ({
  dueAt: null,
  promisedAt: minutes === null ? null : new Date(now.getTime() + minutes * 60_000).toISOString(),
  state,
});

it("[COL-1] warns of what is late, and of what is close and not begun", () => {
  expect([-1, 4, 20].map((minutes) => riskOf(work(minutes), now))).toEqual(["late", "soon", "fine"]);
  expect(riskOf(work(4, "in_preparation"), now)).toBe("fine");
  expect(riskOf(work(-1, "in_preparation"), now)).toBe("late");
  expect([riskOf(work(-30, "ready"), now), riskOf(work(null), now)]).toEqual(["fine", "fine"]);
});

it("[COL-1] what is at risk stands first, what has no time last; a chosen time goes before a promised one", () => {
  const [none, later, soon] = [work(null), work(40), work(10)];
  const chosen = { ...work(5), dueAt: new Date(now.getTime() + 60 * 60_000).toISOString() };
  expect(byTime([none, chosen, later, soon])).toEqual([soon, later, chosen, none]);
});

it("[COL-1] says the day of what is not for today at the place", () => {
  const said = (at: string) => timeText(at, "Europe/Paris", now);
  expect(said("2026-11-22T22:30:00Z")).toBe("23:30");
  expect(said("2026-11-22T23:30:00Z")).toBe("Monday 00:30");
  expect(said("2026-12-01T07:40:00Z")).toMatch(/^Tuesday,? 1 December 08:40$/);
  expect(said("2026-11-21T07:40:00Z")).toMatch(/^Saturday,? 21 November 08:40$/);
});

it("[COL-2] is overdue when its waiting has ended, and never before it is ready", () => {
  expect(isOverdue({ collectUntil: null }, now)).toBe(false);
  expect(isOverdue({ collectUntil: "2026-11-22T10:00:00Z" }, now)).toBe(true);
  expect(isOverdue({ collectUntil: "2026-11-22T10:00:01Z" }, now)).toBe(false);
});

it("[COL-3] tells a collection code, an order number and a member card apart, typed or scanned", () => {
  expect(["123 456", "123-456", " 123456"].map(proofOf)).toEqual(["code", "code", "code"]);
  expect(["W-10023", "w-7"].map(proofOf)).toEqual(["order_number", "order_number"]);
  expect(["2790 0000 0001 3", "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"].map(proofOf)).toEqual(["member_card", "member_card"]);
});
