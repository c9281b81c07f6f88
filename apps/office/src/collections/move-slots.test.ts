import { expect, it } from "vitest";
import { canMove, slotsToMoveTo } from "./move-slots.ts";
import type { DaySlot } from "./queries.ts";

const slot = (startsAt: string, orders: number): DaySlot => ({
  id: startsAt,
  startsAt,
  endsAt: startsAt,
  orders,
  mostOrders: 2,
  workMinutes: 0,
  mostWorkMinutes: null,
  fulfillments: [],
});

it("[FUL-17] an order is moved to another slot of the day that is to come and has room", () => {
  const [past, own, full, free] = [
    slot("2026-11-23T08:00:00Z", 0),
    slot("2026-11-23T09:00:00Z", 1),
    slot("2026-11-23T10:00:00Z", 2),
    slot("2026-11-23T11:00:00Z", 1),
  ];
  expect(slotsToMoveTo([past, own, full, free], own, new Date("2026-11-23T08:30:00Z"))).toEqual([free]);
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
