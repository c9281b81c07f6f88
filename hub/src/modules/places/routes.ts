import { err, ok, type EntityId, type GroupId, type PlaceId } from "@weft/kernel";
import { read, write, type Actor, type Ctx, type Route } from "../../platform/index.ts";
import { addGroup, addPlace } from "./add.ts";
import { changeGroup, changePlace } from "./commands.ts";
import { PLACES_PROBLEMS } from "./errors.ts";
import { presentGroup, presentPlace, presentTree } from "./present.ts";
import { loadPlaces, placesSnapshot } from "./snapshot.ts";

export type PlacesRouteDeps = {
  /** Whether the caller's roles hold at a place, or everywhere (`null`). */
  readonly mayActAt: (actor: Actor, placeId: string | null) => boolean;
  /** Keeps who changed what, in the transaction of the change. */
  readonly audit: (ctx: Ctx, act: { readonly action: string; readonly subject: string; readonly reason?: string }) => Promise<void>;
};

export const placesRoutes = ({ mayActAt, audit }: PlacesRouteDeps): readonly Route[] => [
  read("places.tree", async (ctx) => ok(presentTree(await ctx.snapshots.current(placesSnapshot), ctx.now)), { problems: {} }),
  write(
    "places.create",
    async (ctx, { body }) => {
      if (!mayActAt(ctx.actor, null)) return err({ code: "places.out_of_reach", placeId: null });
      // The brands exist only in types.
      const place = { ...body, entityId: body.entityId as EntityId, groupId: body.groupId as GroupId | null };
      const added = await addPlace(ctx, withoutUndefined(place));
      if (!added.ok) return added;
      await audit(ctx, { action: "places.create", subject: `place/${added.value}` });
      return presentChangedPlace(ctx, added.value);
    },
    { problems: PLACES_PROBLEMS },
  ),
  write(
    "places.createGroup",
    async (ctx, { body }) => {
      if (!mayActAt(ctx.actor, null)) return err({ code: "places.out_of_reach", placeId: null });
      const added = await addGroup(ctx, { ...body, parentId: body.parentId as GroupId | null }); // the brand exists only in types
      if (!added.ok) return added;
      await audit(ctx, { action: "places.createGroup", subject: `place_group/${added.value}` });
      return presentChangedGroup(ctx, added.value);
    },
    { problems: PLACES_PROBLEMS },
  ),
  write(
    "places.update",
    async (ctx, { params, body }) => {
      const placeId = params.id as PlaceId; // the brand exists only in types
      // Another group means other settings, prices and link levels: that is not a store's own affair.
      const reach = body.groupId === undefined ? placeId : null;
      if (!mayActAt(ctx.actor, reach)) return err({ code: "places.out_of_reach", placeId: reach });
      const groupId = body.groupId as GroupId | null | undefined; // the brand exists only in types
      const changed = await changePlace(ctx, placeId, withoutUndefined({ ...body, groupId }));
      if (!changed.ok) return changed;
      await audit(ctx, { action: "places.update", subject: `place/${placeId}`, reason: whatChanged(body) });
      return presentChangedPlace(ctx, placeId);
    },
    { problems: PLACES_PROBLEMS },
  ),
  write(
    "places.updateGroup",
    async (ctx, { params, body }) => {
      const groupId = params.id as GroupId; // the brand exists only in types
      if (!mayActAt(ctx.actor, null)) return err({ code: "places.out_of_reach", placeId: null });
      const parentId = body.parentId as GroupId | null | undefined; // the brand exists only in types
      const changed = await changeGroup(ctx, groupId, withoutUndefined({ ...body, parentId }));
      if (!changed.ok) return changed;
      await audit(ctx, { action: "places.updateGroup", subject: `place_group/${groupId}`, reason: whatChanged(body) });
      return presentChangedGroup(ctx, groupId);
    },
    { problems: PLACES_PROBLEMS },
  ),
];

/** The names of what was given, never its values: `services, settings.holdMinutes`. */
function whatChanged({ settings = {}, ...fields }: { readonly settings?: Readonly<Record<string, unknown>> | undefined }): string {
  return [...Object.keys(withoutUndefined(fields)), ...Object.keys(settings).map((key) => `settings.${key}`)].join(", ");
}

async function presentChangedPlace(ctx: Ctx, placeId: PlaceId) {
  const place = (await loadPlaces(ctx.db)).places.get(placeId);
  return place ? ok(presentPlace(place, ctx.now)) : err({ code: "places.unknown" as const, placeId });
}

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
