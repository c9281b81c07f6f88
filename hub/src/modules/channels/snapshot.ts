import type { ChannelKind, LinkLevel } from "@weft/contracts";
import type { ChannelId, EntityId, Id, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { defineSnapshot, type Db } from "../../platform/index.ts";
import type { KeyKind, PlaceLevel } from "./domain/index.ts";
import { ChannelChanged, ChannelKeysChanged } from "./events.ts";

export type KeyId = Id<"channel key">;

/** One connected instance: this web shop, the tills of one entity. */
export type Channel = {
  readonly id: ChannelId;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly code: string;
  readonly entityId: EntityId;
  readonly placeId: PlaceId | null;
  readonly linkLevel: LinkLevel;
  /** Where a facet has another level at the places of a group. */
  readonly placeLevels: readonly PlaceLevel[];
  readonly vouches: boolean;
  readonly allowedOrigins: readonly string[];
  /** Visitors are asked before the browser client sends or stores anything [CHA-10]. */
  readonly asksFirst: boolean;
  /** Minutes for which it promises prices; null: as long as the place of a cart holds goods. */
  readonly priceHoldMinutes: number | null;
  /** The hub's own app that this channel is. */
  readonly app: "shop" | "office" | null;
  /** The circle that it belongs to, outside of which it is linked with nobody [CHA-9]; null for the retailer's own channels. */
  readonly circle: string | null;
};

/** A key that has not been revoked. */
export type LivingKey = {
  readonly id: KeyId;
  readonly channelId: ChannelId;
  readonly kind: KeyKind;
  /** Hex SHA-256 of its value. */
  readonly hash: string;
  /** The value itself when it is publishable. */
  readonly display: string;
  readonly isDemo: boolean;
};

export type Channels = {
  readonly channels: ReadonlyMap<ChannelId, Channel>;
  readonly keys: ReadonlyMap<string, LivingKey>;
  /** Whether every channel is linked everywhere, as in most installations: then no seam needs to be looked at. */
  readonly areAllLinked: boolean;
};

/** All channels and living keys: asked on every request. */
export const channelsSnapshot = defineSnapshot<Channels>({
  name: "channels.all",
  load: loadChannels,
  invalidatedBy: [ChannelChanged, ChannelKeysChanged],
});

export async function loadChannels(db: Db): Promise<Channels> {
  // One after the other: on the connection of a transaction there is no other way.
  const channels = await channelRows(db);
  const keys = await keyRows(db);
  return {
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    keys: new Map(keys.map((key) => [key.hash, key])),
    areAllLinked: channels.every(
      ({ linkLevel, placeLevels, circle }) =>
        circle === null && linkLevel === "linked" && placeLevels.every(({ level }) => level === "linked"),
    ),
  };
}

async function channelRows(db: Db): Promise<Channel[]> {
  const rows = await db
    .selectFrom("channels.channel")
    .select([
      "id",
      "kind",
      "name",
      "code",
      "entity_id as entityId",
      "place_id as placeId",
      "link_level as linkLevel",
      "vouches",
      "allowed_origins as allowedOrigins",
      "asks_first as asksFirst",
      "price_hold_minutes as priceHoldMinutes",
      "app",
      "circle",
      sql`(select coalesce(jsonb_agg(jsonb_build_object('groupId', l.group_id, 'facet', l.facet, 'level', l.level)
        order by l.group_id, l.facet), '[]') from channels.place_level l where l.channel_id = channel.id)`.as("placeLevels"),
    ])
    .where("ended_at", "is", null)
    .orderBy("id")
    .execute();
  return rows as unknown as Channel[]; // brands and unions exist only in types; the commands wrote the rows from these very types
}

async function keyRows(db: Db): Promise<LivingKey[]> {
  const rows = await db
    .selectFrom("channels.key")
    .select((eb) => [
      "id",
      "channel_id as channelId",
      "kind",
      eb.fn<string>("encode", ["hash", eb.val("hex")]).as("hash"),
      "display",
      "is_demo as isDemo",
    ])
    .where("revoked_at", "is", null)
    .orderBy("id")
    .execute();
  return rows as unknown as LivingKey[]; // as above
}
