import type { DaySlot } from "./queries.ts";

/** The other slots of the day into which an order can still be moved: they are to come, and have room. */
export function slotsToMoveTo(slots: readonly DaySlot[], from: DaySlot, now: Date): DaySlot[] {
  return slots.filter((slot) => slot !== from && slot.orders < slot.mostOrders && new Date(slot.startsAt) > now);
}

/** While nobody has begun with it. */
export const canMove = ({ state }: Pick<DaySlot["fulfillments"][number], "state">): boolean =>
  state === "planned" || state === "assigned" || state === "accepted";
