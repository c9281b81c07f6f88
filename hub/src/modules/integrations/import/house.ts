import { err, ok, type ChannelId, type EntityId, type PlaceId, type Result } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { channelsSnapshot, upsertChannels } from "../../channels/index.ts";
import { placesSnapshot, upsertEntities, upsertPlaces } from "../../places/index.ts";

/** Whose history it is, and where it is kept. */
export type House = {
  readonly entityId: EntityId;
  readonly placeId: PlaceId;
  readonly channelId: ChannelId;
  readonly currency: string;
  readonly timeZone: string;
};

export type WantedHouse = {
  readonly entity: string;
  readonly currency: string;
  readonly timeZone: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
};

/**
 * The legal entity of this name, the channel of its web shop and the place where that keeps its goods; each is made when there is none.
 * The error says what an entity of this name has otherwise. The caller lets go of the snapshots afterwards.
 */
export async function openHouse(ctx: Ctx, wanted: WantedHouse): Promise<Result<House, string>> {
  const { entities, places } = await ctx.snapshots.current(placesSnapshot);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const { entity: name, currency, timeZone } = wanted;
  const known = [...entities.values()].find((entity) => entity.name === name);
  if (known && known.currency !== currency) return err(`${name} keeps its books in ${known.currency}, not in ${currency}.`);
  const entityId = known?.id ?? ctx.newId<EntityId>();
  if (!known) await upsertEntities(ctx, [{ id: entityId, name, country: wanted.country, vatId: null, currency, timeZone }]);
  const code = `${slugOf(name)}-web`;
  const channel = [...channels.values()].find((one) => one.code === code);
  if (channel && channel.entityId !== entityId) return err(`The channel ${code} belongs to another legal entity.`);
  const place = [...places.values()].find((one) => one.code === code);
  if (place && place.timeZone !== timeZone) return err(`${place.name} lives by the clock of ${place.timeZone}, not of ${timeZone}.`);
  const placeId = place?.id ?? ctx.newId<PlaceId>();
  const channelId = channel?.id ?? ctx.newId<ChannelId>();
  if (!place) await upsertPlaces(ctx, [newPlace(placeId, entityId, code, wanted)]);
  if (!channel)
    await upsertChannels(ctx, [
      { id: channelId, kind: "web", name: `${name}, web shop`, code, entityId, placeId, vouches: false, allowedOrigins: [], app: null },
    ]);
  return ok({ entityId, placeId, channelId, currency, timeZone });
}

/** Where a web shop sends its goods from: nobody walks there, so it is no store, has no hours, and its position is asked by nobody. */
function newPlace(id: PlaceId, entityId: EntityId, code: string, { entity, country, timeZone }: WantedHouse) {
  return {
    id,
    entityId,
    groupId: null,
    kind: "warehouse" as const,
    name: `${entity}, web shop`,
    code,
    address: { line1: "", postcode: "", city: "", country },
    latitude: 0,
    longitude: 0,
    timeZone,
    dayEnd: 0,
    phone: null,
    hours: { weekly: Array.from({ length: 7 }, () => []), exceptions: [] },
    services: [],
    status: "active" as const,
    settings: {},
  };
}

const slugOf = (name: string): string =>
  name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "") || "imported";
