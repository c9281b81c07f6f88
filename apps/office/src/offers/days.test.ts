import { expect, it } from "vitest";
import { dayAfter, endOfDay } from "./days.ts";

it("[OFO-1] an offer stands to the end of the last day that the reader chose, over the end of a month too", () => {
  const day = dayAfter(new Date(2026, 0, 30, 15), 3);
  expect(day).toBe("2026-02-02");
  expect(new Date(endOfDay(day)).getTime()).toBe(new Date(2026, 1, 2, 23, 59).getTime());
});
