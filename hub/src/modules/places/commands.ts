import type { AddressView } from "@weft/contracts";
import { err, ok, type GroupId, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { hoursProblem, mayStandBelow, settingProblems, withChanges, type OpeningHours, type OwnSettings } from "./domain/index.ts";
import { hasGroup } from "./add.ts";
import type { PlacesError } from "./errors.ts";
import { LegalEntityChanged, PlaceChanged, PlaceGroupChanged } from "./events.ts";
import type { LegalEntity, PlaceFacts, PlaceGroup } from "./snapshot.ts";

export type NewEntity = Omit<LegalEntity, "address"> & {
  /** Its seat; where nothing is said, what was said before stays. */
  readonly address?: AddressView;
};

/** Adds legal entities or brings known ones (by id) up to date. Publishes `legal_entity.changed.v1` for each. */
export async function upsertEntities(ctx: Ctx, entities: readonly NewEntity[]): Promise<void> {
  await sql`
    insert into places.legal_entity (id, name, country, vat_id, currency, time_zone, address)
    select id, name, country, "vatId", currency, "timeZone", address
      from jsonb_to_recordset(${JSON.stringify(entities)}::jsonb)
           as e(id uuid, name text, country text, "vatId" text, currency text, "timeZone" text, address jsonb)
    on conflict (id) do update set name = excluded.name, country = excluded.country, vat_id = excluded.vat_id,
      currency = excluded.currency, time_zone = excluded.time_zone, address = coalesce(excluded.address, legal_entity.address)`.execute(
    ctx.db,
  );
  for (const { id } of entities) await publish(ctx, LegalEntityChanged, `legal_entity/${id}`, { entityId: id });
}

/** Adds groups or brings known ones up to date; parents stand before their children. Publishes `place_group.changed.v1` for each. */
export async function upsertGroups(ctx: Ctx, groups: readonly PlaceGroup[]): Promise<Result<void, PlacesError>> {
  const problems = groups.flatMap(({ settings }) => settingProblems(settings));
  if (problems.length > 0) return err({ code: "places.setting_invalid", settings: problems });
  await sql`
    insert into places.place_group (id, parent_id, name, code, settings)
    select id, "parentId", name, code, settings
      from jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) as g(id uuid, "parentId" uuid, name text, code text, settings jsonb)
    on conflict (id) do update set parent_id = excluded.parent_id, name = excluded.name, code = excluded.code, settings = excluded.settings`.execute(
    ctx.db,
  );
  for (const { id } of groups) await publish(ctx, PlaceGroupChanged, `place_group/${id}`, { groupId: id });
  return ok(undefined);
}

export type NewPlace = PlaceFacts & { readonly id: PlaceId; readonly settings: OwnSettings };

/** Adds places or brings known ones up to date, in one statement. Publishes `place.changed.v1` for each. */
export async function upsertPlaces(ctx: Ctx, places: readonly NewPlace[]): Promise<Result<void, PlacesError>> {
  const problems = places.flatMap(({ settings }) => settingProblems(settings));
  if (problems.length > 0) return err({ code: "places.setting_invalid", settings: problems });
  await sql`
    insert into places.place (id, entity_id, group_id, kind, name, code, address, latitude, longitude, time_zone, day_end, phone, hours, services, settings)
    select id, "entityId", "groupId", kind, name, code, address, latitude, longitude, "timeZone", "dayEnd", phone, hours,
           array(select jsonb_array_elements_text(services)), settings
      from jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
           as p(id uuid, "entityId" uuid, "groupId" uuid, kind text, name text, code text, address jsonb, latitude float8, longitude float8,
                "timeZone" text, "dayEnd" integer, phone text, hours jsonb, services jsonb, settings jsonb)
    on conflict (id) do update set entity_id = excluded.entity_id, group_id = excluded.group_id, kind = excluded.kind, name = excluded.name,
      code = excluded.code, address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude,
      time_zone = excluded.time_zone, day_end = excluded.day_end, phone = excluded.phone, hours = excluded.hours,
      services = excluded.services, settings = excluded.settings`.execute(ctx.db);
  for (const { id } of places) await publish(ctx, PlaceChanged, `place/${id}`, { placeId: id });
  return ok(undefined);
}

export type PlaceChange = {
  readonly name?: string;
  readonly phone?: string | null;
  readonly hours?: OpeningHours;
  readonly dayEnd?: number;
  readonly status?: "active" | "closed";
  /** All that it offers from now on [PLA-8]; one that is said twice counts once. */
  readonly services?: readonly string[];
  /** The group that it stands in from now on; null for none. */
  readonly groupId?: GroupId | null;
  readonly address?: AddressView;
  readonly latitude?: number;
  readonly longitude?: number;
  /** Own settings to set; null takes one away, so that it is inherited again. */
  readonly settings?: Readonly<Record<string, unknown>>;
};

/**
 * Changes what is given of a place. Errors: `places.unknown`, `places.group_unknown`, `places.setting_invalid`, `places.hours_invalid`.
 * Publishes `place.changed.v1`.
 */
export async function changePlace(ctx: Ctx, placeId: PlaceId, change: PlaceChange): Promise<Result<void, PlacesError>> {
  const problems = settingProblems(change.settings ?? {});
  if (problems.length > 0) return err({ code: "places.setting_invalid", settings: problems });
  const wrong = change.hours && hoursProblem(change.hours);
  if (wrong) return err({ code: "places.hours_invalid", because: wrong });
  const row = await ctx.db.selectFrom("places.place").select("settings").where("id", "=", placeId).forUpdate().executeTakeFirst();
  if (!row) return err({ code: "places.unknown", placeId });
  const { groupId } = change;
  if (groupId && !(await hasGroup(ctx, groupId))) return err({ code: "places.group_unknown", groupId });
  const own = row.settings as OwnSettings; // written by these commands only
  await ctx.db
    .updateTable("places.place")
    .set({
      settings: JSON.stringify(withChanges(own, change.settings ?? {})),
      ...(change.name !== undefined && { name: change.name }),
      ...(change.phone !== undefined && { phone: change.phone }),
      ...(change.hours !== undefined && { hours: JSON.stringify(change.hours) }),
      ...(change.dayEnd !== undefined && { day_end: change.dayEnd }),
      ...(change.status !== undefined && { status: change.status }),
      ...(change.services !== undefined && { services: [...new Set(change.services)] }),
      ...(groupId !== undefined && { group_id: groupId }),
      ...(change.address !== undefined && { address: JSON.stringify(change.address) }),
      ...(change.latitude !== undefined && { latitude: change.latitude }),
      ...(change.longitude !== undefined && { longitude: change.longitude }),
    })
    .where("id", "=", placeId)
    .execute();
  await publish(ctx, PlaceChanged, `place/${placeId}`, { placeId });
  return ok(undefined);
}

export type GroupChange = {
  readonly name?: string;
  /** The group above it from now on; null makes it a root. */
  readonly parentId?: GroupId | null;
  readonly settings?: Readonly<Record<string, unknown>>;
};

/**
 * Changes name, parent or settings of a group. Errors: `places.group_unknown`, `places.group_circle` [PLA-6], `places.setting_invalid`.
 * Publishes `place_group.changed.v1`.
 */
export async function changeGroup(ctx: Ctx, groupId: GroupId, change: GroupChange): Promise<Result<void, PlacesError>> {
  const problems = settingProblems(change.settings ?? {});
  if (problems.length > 0) return err({ code: "places.setting_invalid", settings: problems });
  const { parentId } = change;
  const moved = parentId === undefined ? ok(undefined) : await checkMove(ctx, groupId, parentId);
  if (!moved.ok) return moved;
  const row = await ctx.db.selectFrom("places.place_group").select("settings").where("id", "=", groupId).forUpdate().executeTakeFirst();
  if (!row) return err({ code: "places.group_unknown", groupId });
  const own = row.settings as OwnSettings; // written by these commands only
  await ctx.db
    .updateTable("places.place_group")
    .set({
      settings: JSON.stringify(withChanges(own, change.settings ?? {})),
      ...(change.name !== undefined && { name: change.name }),
      ...(parentId !== undefined && { parent_id: parentId }),
    })
    .where("id", "=", groupId)
    .execute();
  await publish(ctx, PlaceGroupChanged, `place_group/${groupId}`, { groupId });
  return ok(undefined);
}

/** The whole tree is locked: of two groups that move below each other at once, the second one sees the first. */
async function checkMove(ctx: Ctx, groupId: GroupId, parentId: GroupId | null): Promise<Result<void, PlacesError>> {
  const groups = await ctx.db.selectFrom("places.place_group").select(["id", "parent_id as parentId"]).orderBy("id").forUpdate().execute();
  if (parentId !== null && !groups.some(({ id }) => id === parentId)) return err({ code: "places.group_unknown", groupId: parentId });
  if (parentId !== null && !mayStandBelow(groups, groupId, parentId)) return err({ code: "places.group_circle", groupId, parentId });
  return ok(undefined);
}
