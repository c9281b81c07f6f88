import type { CartId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { countsStations, type TakenRoom } from "./domain/index.ts";
import { SlotsChanged } from "./events.ts";
import { promisingPlace } from "./promising-place.ts";

/** What a cart wants to hold of a slot; of the slots that it wants each is held as something of its own. */
export type WantedHold = { readonly heldAs: string; readonly placeId: PlaceId; readonly startsAt: Date; readonly taken: TakenRoom };

/** What a cart holds of a slot, and until when. */
export type HeldSlot = Omit<WantedHold, "taken"> & { readonly until: Date };

/** How long a hold lives, and how long at most however often the holder of the cart acts. */
export type HoldLife = { readonly minutes: number; readonly hardCapMinutes: number };

/**
 * Makes what a cart holds of slots match what it wants of them now [PRM-23]; what is missing in the answer has no room. One statement, which locks slots
 * and so comes before stock. Publishes `promise.slots_changed.v1` where the work of stations is counted.
 */
export async function holdSlots(
  ctx: Ctx,
  cartId: CartId,
  { wanted, before }: { readonly wanted: readonly WantedHold[]; readonly before: readonly HeldSlot[] },
  { minutes, hardCapMinutes }: HoldLife,
): Promise<HeldSlot[]> {
  const rows = wanted.map(({ heldAs, placeId, startsAt, taken }) => ({
    held_as: heldAs,
    place_id: placeId,
    starts_at: startsAt,
    taking: taken,
  }));
  const held = await sql<{ heldAs: string; until: Date }>`
    select held_as as "heldAs", held_until as until
      from promises.hold_slots(${cartId}, ${JSON.stringify(rows)}::json, ${minutes}, ${hardCapMinutes})`.execute(ctx.db);
  await tellChanged(ctx, [...before, ...wanted]);
  const ends = new Map(held.rows.map(({ heldAs, until }) => [heldAs, until]));
  return wanted.flatMap(({ heldAs, placeId, startsAt }) => {
    const until = ends.get(heldAs);
    return until ? [{ heldAs, placeId, startsAt, until }] : [];
  });
}

/** Gives back what a cart holds of slots. Publishes `promise.slots_changed.v1` where the work of stations is counted. */
export async function releaseHeldSlots(ctx: Ctx, cartId: CartId): Promise<void> {
  const { rows } = await sql<{ placeId: PlaceId }>`
    delete from promises.slot_booking where cart_id = ${cartId} returning place_id as "placeId"`.execute(ctx.db);
  await tellChanged(ctx, rows);
}

async function tellChanged(ctx: Ctx, changed: readonly { readonly placeId: PlaceId }[]): Promise<void> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  for (const placeId of new Set(changed.map((one) => one.placeId))) {
    const place = places.get(placeId);
    if (place && countsStations(promisingPlace(place).slots)) await publish(ctx, SlotsChanged, `place/${placeId}`, { placeId });
  }
}
