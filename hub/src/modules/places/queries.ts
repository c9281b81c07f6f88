import { businessDate, type BusinessDate, type EntityId, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { openState, type OpenState } from "./domain/index.ts";
import { loadPlaces, placesSnapshot, type LegalEntity, type Place } from "./snapshot.ts";

type Reader = Pick<Ctx, "db" | "snapshots">;

/** A place by id, whatever its state. */
export async function placeOf(ctx: Pick<Ctx, "snapshots">, placeId: PlaceId): Promise<Place | undefined> {
  return (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
}

/** What every document keeps of the place it is written at [design rule 14]. */
export type DocumentPlace = {
  readonly placeId: PlaceId;
  readonly entityId: EntityId;
  readonly timeZone: string;
  readonly dayEnd: number;
  readonly currency: string;
  readonly country: string;
};

/** Entity, zone and day end of a place, for the ENTITY columns of a document; undefined when there is no such place. */
export async function documentPlace(ctx: Reader, placeId: PlaceId): Promise<DocumentPlace | undefined> {
  // One that was made a moment ago is not in the snapshot yet.
  let places = await ctx.snapshots.current(placesSnapshot);
  if (!places.places.has(placeId)) places = await loadPlaces(ctx.db);
  const place = places.places.get(placeId);
  const entity = place && places.entities.get(place.entityId);
  if (!place || !entity) return undefined;
  const { timeZone, dayEnd, entityId } = place;
  return { placeId, entityId, timeZone, dayEnd, currency: entity.currency, country: entity.country };
}

/** The business date of a document written at a place at an instant: decided once, kept with the document. */
export function businessDateAt(place: Pick<Place, "timeZone" | "dayEnd">, at: Date): BusinessDate {
  return businessDate(at, place.timeZone, place.dayEnd);
}

/** Open state of a place as its own settings have it. */
export function placeOpenState(place: Place, at: Date): OpenState {
  if (place.status === "closed") return { state: "closed", nextChange: null, because: null };
  return openState(place.hours, place.timeZone, at, place.settings.closingSoonMinutes);
}

/** A legal entity by id, for documents without a place. */
export async function entityOf(ctx: Pick<Ctx, "snapshots">, entityId: EntityId): Promise<LegalEntity | undefined> {
  return (await ctx.snapshots.current(placesSnapshot)).entities.get(entityId);
}

/** The clock of the house, for what happens at no place: that of the legal entity which has most of its places; UTC before there is one. */
export async function houseZone({ snapshots }: Pick<Ctx, "snapshots">): Promise<string> {
  const { entities, places } = await snapshots.current(placesSnapshot);
  const count = new Map<EntityId, number>();
  for (const { entityId } of places.values()) count.set(entityId, (count.get(entityId) ?? 0) + 1);
  const [house] = [...entities.values()].toSorted((a, b) => (count.get(b.id) ?? 0) - (count.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1));
  return house?.timeZone ?? "UTC";
}

export type Position = { readonly latitude: number; readonly longitude: number };

/** Which stores, and where the page before ended. */
export type StoreSearch = {
  readonly near: Position | null;
  /** Part of a name, city, postcode or street; accents and case do not count. */
  readonly query: string | null;
  readonly after: { readonly distanceMeters: number; readonly name: string; readonly id: string } | null;
  readonly limit: number;
};

export type FoundStore = { readonly id: PlaceId; readonly name: string; readonly distanceMeters: number | null };

/**
 * Stores that customers may visit: nearest first when a position is given, else by name. Distances are along the sphere, in meters.
 * A position walks the index of positions; a text the one of trigrams.
 */
export async function findStores(ctx: Pick<Ctx, "db">, search: StoreSearch): Promise<FoundStore[]> {
  return search.near ? nearestStores(ctx, search, search.near) : storesByName(ctx, search);
}

async function nearestStores(ctx: Pick<Ctx, "db">, { query, after, limit }: StoreSearch, near: Position): Promise<FoundStore[]> {
  const here = sql`ll_to_earth(${near.latitude}, ${near.longitude})`;
  // The order by chord is the index's own; the chord grows with the distance, so both say the same.
  const { rows } = await sql<FoundStore>`
    select id, name, earth_distance(${here}, ll_to_earth(latitude, longitude)) as "distanceMeters"
      from places.place
     where kind <> 'warehouse' and status = 'active'
       and (${query}::text is null or search like '%' || ${likeText(query)} || '%')
       and (${after?.id ?? null}::uuid is null
            or (earth_distance(${here}, ll_to_earth(latitude, longitude)), id) > (${after?.distanceMeters ?? 0}::float8, ${after?.id ?? null}::uuid))
     order by ll_to_earth(latitude, longitude) <-> ${here}, id
     limit ${limit}`.execute(ctx.db);
  return rows;
}

async function storesByName(ctx: Pick<Ctx, "db">, { query, after, limit }: StoreSearch): Promise<FoundStore[]> {
  const { rows } = await sql<FoundStore>`
    select id, name, null::float8 as "distanceMeters"
      from places.place
     where kind <> 'warehouse' and status = 'active'
       and (${query}::text is null or search like '%' || ${likeText(query)} || '%')
       and (${after?.id ?? null}::uuid is null or (name, id) > (${after?.name ?? ""}, ${after?.id ?? null}::uuid))
     order by name, id
     limit ${limit}`.execute(ctx.db);
  return rows;
}

/** The text folded as the column is, its wildcards taken literally. */
function likeText(query: string | null) {
  return sql`platform.fold(${query?.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`) ?? ""})`;
}
