import type { ChannelKind } from "@weft/contracts";
import type { ChannelId, EntityId, PlaceId } from "@weft/kernel";
import type { Ctx, Db, Snapshots } from "../../platform/index.ts";
import type { KeyHolder } from "../access/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { channelsSnapshot, type Channel, type Channels, type LivingKey } from "./snapshot.ts";

type Reader = Pick<Ctx, "snapshots">;

/** A channel by id. */
export async function channelOf(ctx: Reader, channelId: ChannelId): Promise<Channel | undefined> {
  return (await ctx.snapshots.current(channelsSnapshot)).channels.get(channelId);
}

/** The circle of a channel, outside of which it is linked with nobody [CHA-9]; null for the retailer's own, and for no channel. */
export async function circleOf({ snapshots }: Reader, channelId: ChannelId | null): Promise<string | null> {
  if (channelId === null) return null;
  return (await snapshots.current(channelsSnapshot)).channels.get(channelId)?.circle ?? null;
}

/** The channels of all circles: what happened on them is in no list or figure of the retailer's [CHA-9]. In memory; mostly none. */
export async function circledChannels({ snapshots }: Reader): Promise<ChannelId[]> {
  const { channels } = await snapshots.current(channelsSnapshot);
  return [...channels.values()].filter(({ circle }) => circle !== null).map(({ id }) => id);
}

/** The living key with this hash (hex SHA-256), as `authenticate` asks for it. Outside the demo a demo key is none [CHA-3]. */
export async function findKey(
  snapshots: Snapshots,
  hash: string,
  { isDemo }: { readonly isDemo: boolean },
): Promise<KeyHolder | undefined> {
  const { keys, channels } = await snapshots.current(channelsSnapshot);
  const key = keys.get(hash);
  if (!key || (key.isDemo && !isDemo)) return undefined;
  return { keyId: key.id, kind: key.kind, channelId: key.channelId, placeId: channels.get(key.channelId)?.placeId ?? null };
}

/**
 * The channel that the devices of a place sell on: the store channel of that very place, else the one of its legal entity. For a channel of a
 * circle it is that of its circle [CHA-9].
 */
export async function channelAt(snapshots: Snapshots, placeId: PlaceId, from: ChannelId | null = null): Promise<ChannelId | null> {
  const { places } = await snapshots.current(placesSnapshot);
  const place = places.get(placeId);
  if (!place) return null;
  const all = await snapshots.current(channelsSnapshot);
  const circle = (from !== null && all.channels.get(from)?.circle) || null;
  const stores = ofKind(all, "store", circle).filter(({ entityId }) => entityId === place.entityId);
  const found = stores.find((channel) => channel.placeId === placeId) ?? stores.find((channel) => channel.placeId === null);
  return found?.id ?? null;
}

/** The channel that one of the hub's apps acts on: `weft_shop_left` is the shop. A till or board acts on that of its place. */
export async function channelForApp(snapshots: Snapshots, sessionName: string, placeId: PlaceId | null): Promise<ChannelId | null> {
  const app = sessionName.split("_")[1];
  if (app === "shop" || app === "office") return channelOfApp(await snapshots.current(channelsSnapshot), app)?.id ?? null;
  return placeId === null ? null : channelAt(snapshots, placeId);
}

/** The channel that is set to be an app, else the oldest of the kind that would be. */
export function channelOfApp(all: Channels, app: "shop" | "office"): Channel | undefined {
  const kind = app === "shop" ? "web" : "office";
  return [...all.channels.values()].find((channel) => channel.app === app) ?? ofKind(all, kind)[0];
}

/** The publishable key that a channel's own app uses: its newest. */
export function publishableKeyOf(all: Channels, channelId: ChannelId): string | null {
  const keys = [...all.keys.values()].filter((key) => key.channelId === channelId && key.kind === "publishable");
  return keys.at(-1)?.display ?? null;
}

/** The oldest channel of a kind of a legal entity: the one that imports and loaders write to. */
export async function channelOfKind(ctx: Reader, kind: ChannelKind, entityId: EntityId): Promise<Channel | undefined> {
  return ofKind(await ctx.snapshots.current(channelsSnapshot), kind).find((channel) => channel.entityId === entityId);
}

function ofKind(all: Channels, kind: ChannelKind, circle: string | null = null): Channel[] {
  return [...all.channels.values()].filter((channel) => channel.kind === kind && channel.circle === circle);
}

/**
 * Whether browsers of an origin may call [CHA-4]: the channel of the key that came along says so; before the call, when a browser asks
 * without a key, any channel.
 */
export async function allowsOrigin(snapshots: Snapshots, origin: string, keyHash: string | undefined): Promise<boolean> {
  const { channels, keys } = await snapshots.current(channelsSnapshot);
  const key: LivingKey | undefined = keyHash === undefined ? undefined : keys.get(keyHash);
  if (keyHash !== undefined) return key !== undefined && (channels.get(key.channelId)?.allowedOrigins.includes(origin) ?? false);
  return [...channels.values()].some(({ allowedOrigins }) => allowedOrigins.includes(origin));
}

/** Whether a key of the demo lives in this database: then it is no database for anything but the demo. */
export async function hasDemoKey(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom("channels.key")
    .select("id")
    .where("is_demo", "=", true)
    .where("revoked_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
