import type { PlaceId } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, readCursor, type ReadCtx } from "../../platform/index.ts";
import { findStores, placesSnapshot, type Place, type Position } from "../../modules/places/index.ts";

export type FoundPlace = { readonly place: Place; readonly distanceMeters: number | null };

const Cursor = z.object({ distanceMeters: z.number().min(0), name: z.string(), id: z.uuid() });

/** A page of stores that customers may visit, nearest first when a position is given, else by name. */
export async function storePage(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  request: {
    readonly near?: string | undefined;
    readonly query?: string | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<{ items: FoundPlace[]; nextCursor: string | null }> {
  const after = readCursor(Cursor, request.cursor);
  const query = request.query?.trim() || null;
  const found = await findStores(ctx, { near: positionIn(request.near), query, after, limit: request.limit + 1 });
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const page = pageFrom(
    found,
    request.limit,
    (row) => row,
    ({ id, name, distanceMeters }) => ({ id, name, distanceMeters: distanceMeters ?? 0 }),
  );
  // A store that was opened a moment ago is not in the snapshot yet, and shows with the next reading.
  const items = page.items.flatMap(({ id, distanceMeters }) => {
    const place = places.get(id);
    return place ? [{ place, distanceMeters }] : [];
  });
  return { items, nextCursor: page.nextCursor };
}

/** `45.76,4.83` as the contract lets it through. A latitude past a pole is taken as the pole. */
function positionIn(near: string | undefined): Position | null {
  if (near === undefined) return null;
  const [latitude = 0, longitude = 0] = near.split(",").map(Number);
  return { latitude: Math.max(-90, Math.min(90, latitude)), longitude };
}

/** One store; a closed one too, so that a link to it still says where it was. A warehouse is none. */
export async function storeById(ctx: Pick<ReadCtx, "snapshots">, id: string): Promise<Place | undefined> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const place = places.get(id as PlaceId); // an id from outside: the map answers whether it is one
  return place?.kind === "warehouse" ? undefined : place;
}
