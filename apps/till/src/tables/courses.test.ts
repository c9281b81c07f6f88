import type { CartView, TicketTabView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { courseOf, isTakenOff, sittingSince, unsentBy, withCourse } from "./courses.ts";

const TAB: TicketTabView = { table: "5", name: null, courses: [{ lineId: "b", course: 2 }], sent: [{ lineId: "a", quantity: 2 }] };
const lines = (...quantities: readonly (readonly [string, number])[]) =>
  quantities.map(([id, quantity]) => ({ id, quantity, unit: "piece" })) as unknown as CartView["lines"]; // what these rules look at of a line

it("[TBL-5] says by course what the stations have not been told of", () => {
  expect(unsentBy(TAB, lines(["a", 3], ["b", 2], ["c", 1]))).toEqual([
    { course: 0, units: 2 },
    { course: 2, units: 2 },
  ]);
  expect(unsentBy(TAB, lines(["a", 2]))).toEqual([]);
  expect(courseOf(withCourse(TAB, "a", 3), "a")).toBe(3);
  expect(withCourse(TAB, "b", 0).courses).toEqual([]);
});

it("[TBL-7] sees what was sent and taken off since", () => {
  expect([isTakenOff(TAB, lines(["a", 2])), isTakenOff(TAB, lines(["a", 1])), isTakenOff(TAB, [])]).toEqual([false, true, true]);
});

it("says how long guests have been there", () => {
  expect(sittingSince("2026-03-02T09:00:00Z", new Date("2026-03-02T10:05:59Z"))).toEqual({ hours: 1, minutes: 5 });
  expect(sittingSince("2026-03-02T09:00:00Z", new Date("2026-03-02T08:59:00Z"))).toEqual({ hours: 0, minutes: 0 });
});
