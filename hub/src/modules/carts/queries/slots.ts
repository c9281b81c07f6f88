import type { PlaceId } from "@weft/kernel";
import type { ReadCtx } from "../../../platform/index.ts";
import { slotLoads } from "../../promises/index.ts";
import { slotsWanted, type LoadedCart } from "../domain/index.ts";

/** The next slot with room is looked for so many days on. */
const NEXT_WITHIN_DAYS = 3;
const DAY_MS = 86_400_000;

/**
 * The cart with what others have taken of the slots that it wants and does not hold, so that it can say whether there is room [PRM-25]: no statement for
 * a cart that wants none, or holds them all.
 */
export async function withSlots(ctx: Pick<ReadCtx, "db">, cart: LoadedCart): Promise<LoadedCart> {
  const { slots } = cart;
  if (!slots) return cart;
  const isHeld = (heldAs: string, startsAt: Date): boolean =>
    slots.held.some((one) => one.heldAs === heldAs && one.startsAt.getTime() === startsAt.getTime());
  const open = slotsWanted(cart).filter(({ heldAs, startsAt }) => !isHeld(heldAs, startsAt));
  const takenAt = new Map<PlaceId, Awaited<ReturnType<typeof slotLoads>>>();
  for (const [placeId, own] of Map.groupBy(open, (slot) => slot.placeId)) {
    const starts = own.map(({ startsAt }) => startsAt.getTime());
    const [from, until] = [new Date(Math.min(...starts)), new Date(Math.max(...starts) + NEXT_WITHIN_DAYS * DAY_MS)];
    takenAt.set(placeId, await slotLoads(ctx, placeId, from, until, { own: cart.id }));
  }
  return takenAt.size === 0 ? cart : { ...cart, slots: { ...slots, takenAt } };
}
