import { err, ok, type GroupId, type PlaceId, type Result } from "@weft/kernel";
import { publish, type Ctx } from "../../platform/index.ts";
import { hoursProblem, isTimeZone, type OpeningHours } from "./domain/index.ts";
import type { PlacesError } from "./errors.ts";
import { PlaceChanged, PlaceGroupChanged } from "./events.ts";
import type { PlaceFacts } from "./snapshot.ts";

/** Nobody said yet when: such a place is closed, which is safer to promise than the contrary. */
const NO_HOURS: OpeningHours = { weekly: [[], [], [], [], [], [], []], exceptions: [] };

/** The time zone is that of the legal entity where it is missing. */
export type AddedPlace = Omit<PlaceFacts, "timeZone" | "hours" | "services"> & Partial<Pick<PlaceFacts, "timeZone" | "hours">>;

/**
 * Opens a store or warehouse [PLA-5]. It sells, stocks and promises nothing until someone says what. Errors: `places.entity_unknown`,
 * `places.group_unknown`, `places.code_taken`, `places.time_zone_unknown`, `places.hours_invalid`. Publishes `place.changed.v1`.
 */
export async function addPlace(ctx: Ctx, place: AddedPlace): Promise<Result<PlaceId, PlacesError>> {
  const wrong = place.hours && hoursProblem(place.hours);
  if (wrong) return err({ code: "places.hours_invalid", because: wrong });
  const entity = await ctx.db.selectFrom("places.legal_entity").select("time_zone").where("id", "=", place.entityId).executeTakeFirst();
  if (!entity) return err({ code: "places.entity_unknown", entityId: place.entityId });
  const timeZone = place.timeZone ?? entity.time_zone;
  if (!isTimeZone(timeZone)) return err({ code: "places.time_zone_unknown", timeZone });
  if (place.groupId !== null && !(await hasGroup(ctx, place.groupId))) return err({ code: "places.group_unknown", groupId: place.groupId });
  const added = await ctx.db
    .insertInto("places.place")
    .values({
      id: ctx.newId<PlaceId>(),
      entity_id: place.entityId,
      group_id: place.groupId,
      kind: place.kind,
      name: place.name,
      code: place.code,
      address: JSON.stringify(place.address),
      latitude: place.latitude,
      longitude: place.longitude,
      time_zone: timeZone,
      day_end: place.dayEnd,
      phone: place.phone,
      hours: JSON.stringify(place.hours ?? NO_HOURS),
    })
    .onConflict((conflict) => conflict.column("code").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!added) return err({ code: "places.code_taken", placeCode: place.code });
  const placeId = added.id as PlaceId; // the brand exists only in types
  await publish(ctx, PlaceChanged, `place/${placeId}`, { placeId });
  return ok(placeId);
}

/** Adds a group to the tree [PLA-5]. Errors: `places.group_unknown` (the parent), `places.code_taken`. Publishes `place_group.changed.v1`. */
export async function addGroup(
  ctx: Ctx,
  { parentId, name, code }: { readonly parentId: GroupId | null; readonly name: string; readonly code: string },
): Promise<Result<GroupId, PlacesError>> {
  if (parentId !== null && !(await hasGroup(ctx, parentId))) return err({ code: "places.group_unknown", groupId: parentId });
  const added = await ctx.db
    .insertInto("places.place_group")
    .values({ id: ctx.newId<GroupId>(), parent_id: parentId, name, code })
    .onConflict((conflict) => conflict.column("code").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!added) return err({ code: "places.code_taken", placeCode: code });
  const groupId = added.id as GroupId; // the brand exists only in types
  await publish(ctx, PlaceGroupChanged, `place_group/${groupId}`, { groupId });
  return ok(groupId);
}

/** Whether there is this group. */
export async function hasGroup(ctx: Ctx, groupId: GroupId): Promise<boolean> {
  return (await ctx.db.selectFrom("places.place_group").select("id").where("id", "=", groupId).executeTakeFirst()) !== undefined;
}
