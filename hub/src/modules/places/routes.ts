import { err, ok, type GroupId, type PlaceId } from "@weft/kernel";
import { read, write, type Actor, type Ctx, type Route } from "../../platform/index.ts";
import { changeGroup, changePlace } from "./commands.ts";
import { PLACES_PROBLEMS } from "./errors.ts";
import { presentGroup, presentPlace, presentTree } from "./present.ts";
import { loadPlaces, placesSnapshot } from "./snapshot.ts";

export type PlacesRouteDeps = {
  /** Whether the caller's roles hold at a place, or everywhere (`null`). */
  readonly mayActAt: (actor: Actor, placeId: string | null) => boolean;
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

/** A field that was not sent is missing, not undefined. */
function withoutUndefined<T extends object>(body: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  // What is left has no undefined value.
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}
