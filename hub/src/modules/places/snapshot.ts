import type { EntityId, GroupId, PlaceId } from "@weft/kernel";
import type { AddressView } from "@weft/contracts";
import { defineSnapshot, type Db } from "../../platform/index.ts";
import {
  inheritSettings,
  type InheritedSetting,
  type OpeningHours,
  type OwnSettings,
  type Settings,
  type SettingSource,
} from "./domain/index.ts";
import { LegalEntityChanged, PlaceChanged, PlaceGroupChanged } from "./events.ts";

export type LegalEntity = {
  readonly id: EntityId;
  readonly name: string;
  readonly country: string;
  readonly vatId: string | null;
  readonly currency: string;
  readonly timeZone: string;
  /** Its seat, as its invoices say; null while nobody has said it. */
  readonly address: AddressView | null;
};

export type PlaceGroup = {
  readonly id: GroupId;
  readonly parentId: GroupId | null;
  readonly name: string;
  readonly code: string;
  readonly settings: OwnSettings;
};

/** What somebody sets of a place. */
export type PlaceFacts = {
  readonly entityId: EntityId;
  readonly groupId: GroupId | null;
  readonly kind: "store" | "warehouse" | "both";
  readonly name: string;
  readonly code: string;
  readonly address: AddressView;
  readonly latitude: number;
  readonly longitude: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Minutes after midnight at which the business day ends. */
  readonly dayEnd: number;
  readonly phone: string | null;
  readonly hours: OpeningHours;
  readonly services: readonly string[];
};

/** A place as it is set, with what it inherits. */
export type Place = PlaceFacts & {
  readonly id: PlaceId;
  /** Its group and that group's parents, nearest first: what a price list or a pilot may be scoped to. */
  readonly groupIds: readonly GroupId[];
  readonly status: "active" | "closed";
  /** Every setting as it holds here. */
  readonly settings: Settings;
  /** The same, each with where it comes from. */
  readonly inherited: readonly InheritedSetting[];
};

export type Places = {
  readonly entities: ReadonlyMap<EntityId, LegalEntity>;
  readonly groups: ReadonlyMap<GroupId, PlaceGroup>;
  readonly places: ReadonlyMap<PlaceId, Place>;
};

/** All legal entities, groups and places of the installation: they change rarely, and every document asks them. */
export const placesSnapshot = defineSnapshot<Places>({
  name: "places.all",
  load: loadPlaces,
  invalidatedBy: [PlaceChanged, PlaceGroupChanged, LegalEntityChanged],
});

export async function loadPlaces(db: Db): Promise<Places> {
  // One after the other: on the connection of a transaction there is no other way.
  const entities = await entityRows(db);
  const groups = await groupRows(db);
  const places = await placeRows(db);
  const groupById = new Map(groups.map((group) => [group.id, group]));
  return {
    entities: new Map(entities.map((entity) => [entity.id, entity])),
    groups: groupById,
    places: new Map(places.map((row) => [row.id, withInherited(row, groupById)])),
  };
}

function withInherited({ own, ...row }: Awaited<ReturnType<typeof placeRows>>[number], groups: ReadonlyMap<GroupId, PlaceGroup>): Place {
  const line = groupLine(row.groupId, groups);
  const sources: SettingSource[] = [
    { kind: "place", id: row.id, name: row.name, settings: own },
    ...line.map((group): SettingSource => ({ kind: "group", id: group.id, name: group.name, settings: group.settings })),
  ];
  const inherited = inheritSettings(sources);
  // One entry per key of SETTINGS, each accepted by that key's rule or its fallback.
  const settings = Object.fromEntries(inherited.map(({ key, value }) => [key, value])) as Settings;
  return { ...row, groupIds: line.map(({ id }) => id), settings, inherited };
}

/** A group and its parents, nearest first. The command that moves groups refuses circles, and this stops at one all the same. */
function groupLine(start: GroupId | null, groups: ReadonlyMap<GroupId, PlaceGroup>): PlaceGroup[] {
  const line: PlaceGroup[] = [];
  for (let group = start ? groups.get(start) : undefined; group && !line.includes(group);) {
    line.push(group);
    group = group.parentId ? groups.get(group.parentId) : undefined;
  }
  return line;
}

// The brands of ids and the shapes of jsonb exist only in types: the commands wrote them from values of these very types.

async function entityRows(db: Db): Promise<LegalEntity[]> {
  const rows = await db
    .selectFrom("places.legal_entity")
    .select(["id", "name", "country", "vat_id as vatId", "currency", "time_zone as timeZone", "address"])
    .orderBy("name")
    .execute();
  return rows as unknown as LegalEntity[]; // see above
}

async function groupRows(db: Db): Promise<PlaceGroup[]> {
  const rows = await db
    .selectFrom("places.place_group")
    .select(["id", "parent_id as parentId", "name", "code", "settings"])
    .orderBy("name")
    .execute();
  return rows as unknown as PlaceGroup[]; // see above
}

type PlaceRow = Omit<Place, "groupIds" | "settings" | "inherited"> & { readonly own: OwnSettings };

async function placeRows(db: Db): Promise<PlaceRow[]> {
  const rows = await db
    .selectFrom("places.place")
    .select([
      "id",
      "entity_id as entityId",
      "group_id as groupId",
      "kind",
      "name",
      "code",
      "address",
      "latitude",
      "longitude",
      "time_zone as timeZone",
      "day_end as dayEnd",
      "phone",
      "hours",
      "services",
      "status",
      "settings as own",
    ])
    .orderBy("name")
    .orderBy("id")
    .execute();
  return rows as unknown as PlaceRow[]; // see above
}
