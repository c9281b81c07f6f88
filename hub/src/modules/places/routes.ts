import type { LegalEntityView, PlaceGroupView, PlaceTreeView, PlaceView } from "@weft/contracts";
import { err, ok, type GroupId, type PlaceId } from "@weft/kernel";
import { read, write, type Actor, type Ctx, type Route } from "../../platform/index.ts";
import { changeGroup, changePlace } from "./commands.ts";
import { PLACES_PROBLEMS } from "./errors.ts";
import { placeOpenState } from "./queries.ts";
import { loadPlaces, placesSnapshot, type LegalEntity, type Place, type PlaceGroup, type Places } from "./snapshot.ts";

export type PlacesRouteDeps = {
  /** Whether the caller's roles hold at a place, or everywhere (`null`). */
  mayActAt(actor: Actor, placeId: string | null): boolean;
};

export const placesRoutes = ({ mayActAt }: PlacesRouteDeps): readonly Route[] => [
  read("places.tree", async (ctx) => ok(presentTree(await ctx.snapshots.current(placesSnapshot), ctx.now)), { problems: {} }),
  write(
    "places.update",
    async (ctx, { params, body }) => {
      const placeId = params.id as PlaceId; // the brand exists only in types
      if (!mayActAt(ctx.actor, placeId)) return err({ code: "places.out_of_reach", placeId });
      const changed = await changePlace(ctx, placeId, withoutUndefined(body));
      if (!changed.ok) return changed;
      const place = (await loadPlaces(ctx.db)).places.get(placeId);
      return place ? ok(presentPlace(place, ctx.now)) : err({ code: "places.unknown", placeId });
    },
    { problems: PLACES_PROBLEMS },
  ),
  write(
    "places.updateGroup",
    async (ctx, { params, body }) => {
      const groupId = params.id as GroupId; // the brand exists only in types
      if (!mayActAt(ctx.actor, null)) return err({ code: "places.out_of_reach", placeId: null });
      const changed = await changeGroup(ctx, groupId, withoutUndefined(body));
      return changed.ok ? presentChangedGroup(ctx, groupId) : changed;
    },
    { problems: PLACES_PROBLEMS },
  ),
];

async function presentChangedGroup(ctx: Ctx, groupId: GroupId) {
  const group = (await loadPlaces(ctx.db)).groups.get(groupId);
  return group ? ok(presentGroup(group)) : err({ code: "places.group_unknown" as const, groupId });
}

function presentTree({ entities, groups, places }: Places, now: Date): PlaceTreeView {
  return {
    entities: [...entities.values()].map(presentEntity),
    groups: [...groups.values()].map(presentGroup),
    places: [...places.values()].map((place) => presentPlace(place, now)),
  };
}

function presentEntity({ id, name, country, vatId, currency, timeZone }: LegalEntity): LegalEntityView {
  return { id, name, country, vatId, currency, timeZone };
}

function presentGroup({ id, parentId, name, settings }: PlaceGroup): PlaceGroupView {
  return { id, parentId, name, settings };
}

function presentPlace(place: Place, now: Date): PlaceView {
  const { id, entityId, groupId, kind, name, code, address, latitude, longitude, timeZone, dayEnd, phone, status } = place;
  return {
    ...{ id, entityId, groupId, kind, name, code, address, latitude, longitude, timeZone, dayEnd, phone, status },
    hours: presentHours(place),
    open: presentOpenState(place, now),
    settings: [...place.inherited],
  };
}

/** Opening hours as the contract has them. */
export function presentHours({ hours }: Pick<Place, "hours">): PlaceView["hours"] {
  return {
    weekly: hours.weekly.map((day) => [...day]),
    exceptions: hours.exceptions.map(({ date, name, intervals }) => ({ date, name, intervals: [...intervals] })),
  };
}

/** Open state as the contract has it. */
export function presentOpenState(place: Place, at: Date): PlaceView["open"] {
  const { state, nextChange, because } = placeOpenState(place, at);
  return { state, nextChange: nextChange?.toISOString() ?? null, because };
}

/** A field that was not sent is missing, not undefined. */
function withoutUndefined<T extends object>(body: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  // What is left has no undefined value.
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}
