import type { AnswerOf } from "@weft/contracts/client";
import type { DaySlot } from "./queries.ts";

type Slot = AnswerOf<"slots.list">["items"][number];

/** The other slots of the day that have room for an order, of those that the hub says are free for it. */
export function slotsToMoveTo(free: readonly Slot[], ofTheDay: readonly Pick<DaySlot, "id">[], from: Pick<DaySlot, "id">): Slot[] {
  const day = new Set(ofTheDay.map(({ id }) => id));
  return free.filter(({ id, left }) => left > 0 && id !== from.id && day.has(id));
}

/** While nobody has begun with it. */
export const canMove = ({ state }: Pick<DaySlot["fulfillments"][number], "state">): boolean =>
  state === "planned" || state === "assigned" || state === "accepted";
