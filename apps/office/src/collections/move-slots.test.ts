import { expect, it } from "vitest";
import { canMove, slotsToMoveTo } from "./move-slots.ts";

const slot = (id: string, left: number) => ({ id, startsAt: id, endsAt: id, left, because: null });

it("[FUL-17] an order is moved to another slot of the day that has room for it", () => {
  const [own, full, free, nextDay] = [slot("10:00", 1), slot("11:00", 0), slot("12:00", 2), slot("tomorrow", 2)];
  expect(slotsToMoveTo([own, full, free, nextDay], [own, full, free], own)).toEqual([free]);
});

it("[FUL-17] and stays where it is once somebody has begun with it", () => {
  expect(["planned", "assigned", "accepted", "in_preparation", "ready", "collected"].map((state) => canMove({ state }))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
