import type { ChannelKind, LinkLevel } from "@weft/contracts";
import { err, ok, type ChannelId, type EntityId, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { newToken, tokenHash } from "../access/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { displayOf, isDemoKey, keyValue, type KeyKind, type PlaceLevel } from "./domain/index.ts";
import type { ChannelsError } from "./errors.ts";
import { ChannelChanged, ChannelKeysChanged, ChannelLevelChanged } from "./events.ts";
import type { Channel, KeyId } from "./snapshot.ts";

/** A channel as loaders give it. The level counts for a new one alone: that of a known one is switched [CHA-8]. */
export type NewChannel = Omit<Channel, "linkLevel" | "placeLevels" | "circle" | "asksFirst" | "priceHoldMinutes"> & {
  readonly linkLevel?: LinkLevel;
  /** For a new one; true when absent. */
  readonly asksFirst?: boolean;
  readonly circle?: string | null;
};

/** Adds channels or brings known ones (by id) up to date, in one statement. Publishes `channel.changed.v1` for each. */
export async function upsertChannels(ctx: Ctx, channels: readonly NewChannel[]): Promise<void> {
  await sql`
    insert into channels.channel (id, kind, name, code, entity_id, place_id, vouches, allowed_origins, app, link_level, circle, asks_first)
    select id, kind, name, code, "entityId", "placeId", vouches, array(select jsonb_array_elements_text("allowedOrigins")), app,
           coalesce("linkLevel", 'linked'), circle, coalesce("asksFirst", true)
      from jsonb_to_recordset(${JSON.stringify(channels)}::jsonb)
           as c(id uuid, kind text, name text, code text, "entityId" uuid, "placeId" uuid, vouches boolean, "allowedOrigins" jsonb, app text,
                "linkLevel" text, circle uuid, "asksFirst" boolean)
    on conflict (id) do update set kind = excluded.kind, name = excluded.name, code = excluded.code, entity_id = excluded.entity_id,
      place_id = excluded.place_id, vouches = excluded.vouches, allowed_origins = excluded.allowed_origins, app = excluded.app`.execute(
    ctx.db,
  );
  for (const { id } of channels) await publish(ctx, ChannelChanged, `channel/${id}`, { channelId: id });
}

export type ChannelDraft = {
  readonly kind: ChannelKind;
  readonly name: string;
  readonly code: string;
  readonly entityId: EntityId;
  readonly placeId: PlaceId | null;
  readonly allowedOrigins: readonly string[];
  readonly vouches: boolean;
  readonly asksFirst: boolean;
};

/**
 * Adds a channel. The first web channel is the shop of this hub, the first office channel its office.
 * Errors: `channels.code_taken`, `channels.entity_unknown`, `channels.place_unknown`. Publishes `channel.changed.v1`.
 */
export async function addChannel(ctx: Ctx, draft: ChannelDraft): Promise<Result<ChannelId, ChannelsError>> {
  const { entities, places } = await ctx.snapshots.current(placesSnapshot);
  if (!entities.has(draft.entityId)) return err({ code: "channels.entity_unknown", entityId: draft.entityId });
  if (draft.placeId !== null && places.get(draft.placeId)?.entityId !== draft.entityId)
    return err({ code: "channels.place_unknown", placeId: draft.placeId });
  // Channels are few and rarely made: one at a time, so that a code or an app is given once.
  await sql`lock table channels.channel in share row exclusive mode`.execute(ctx.db);
  const taken = await ctx.db
    .selectFrom("channels.channel")
    .select(["code", "app"])
    .where((eb) => eb.or([eb("code", "=", draft.code), eb("app", "is not", null)]))
    .execute();
  if (taken.some(({ code }) => code === draft.code)) return err({ code: "channels.code_taken" });
  const app = appOf(draft.kind);
  const id = ctx.newId<ChannelId>();
  await upsertChannels(ctx, [{ ...draft, id, app: taken.some((row) => row.app === app) ? null : app }]);
  return ok(id);
}

function appOf(kind: ChannelKind): Channel["app"] {
  if (kind === "web") return "shop";
  return kind === "office" ? "office" : null;
}

export type ChannelChange = {
  readonly name?: string;
  readonly allowedOrigins?: readonly string[];
  readonly vouches?: boolean;
  readonly asksFirst?: boolean;
  /** Null: inherited from the place again. */
  readonly priceHoldMinutes?: number | null;
  readonly placeLevels?: readonly PlaceLevel[];
};

/**
 * Changes what is given of a channel. Levels for places replace those there were, and hold from this moment: they are asked at every seam
 * and nothing is computed from them [CHA-7]. Errors: `channels.unknown`, `channels.group_unknown`. Publishes `channel.changed.v1`.
 */
export async function changeChannel(ctx: Ctx, channelId: ChannelId, change: ChannelChange): Promise<Result<void, ChannelsError>> {
  const row = await ctx.db
    .updateTable("channels.channel")
    .set((eb) => ({
      name: change.name ?? eb.ref("name"),
      vouches: change.vouches ?? eb.ref("vouches"),
      asks_first: change.asksFirst ?? eb.ref("asks_first"),
      price_hold_minutes: change.priceHoldMinutes === undefined ? eb.ref("price_hold_minutes") : change.priceHoldMinutes,
      allowed_origins: change.allowedOrigins ? [...change.allowedOrigins] : eb.ref("allowed_origins"),
    }))
    .where("id", "=", channelId)
    .returning("id")
    .executeTakeFirst();
  if (!row) return err({ code: "channels.unknown", channelId });
  if (change.placeLevels) {
    const { groups } = await ctx.snapshots.current(placesSnapshot);
    const unknown = change.placeLevels.find(({ groupId }) => !groups.has(groupId));
    if (unknown) return err({ code: "channels.group_unknown", groupId: unknown.groupId });
    await writePlaceLevels(ctx, channelId, change.placeLevels);
  }
  await publish(ctx, ChannelChanged, `channel/${channelId}`, { channelId });
  return ok(undefined);
}

async function writePlaceLevels(ctx: Ctx, channelId: ChannelId, levels: readonly PlaceLevel[]): Promise<void> {
  await sql`delete from channels.place_level where channel_id = ${channelId}`.execute(ctx.db);
  await sql`
    insert into channels.place_level (channel_id, group_id, facet, level)
    select distinct on ("groupId", facet) ${channelId}, "groupId", facet, level
      from jsonb_to_recordset(${JSON.stringify(levels)}::jsonb) as l ("groupId" uuid, facet text, level text)`.execute(ctx.db);
}

/**
 * The level of a channel, its row locked until the transaction ends. For whoever computes by levels and switches one. Undefined for an
 * unknown channel.
 */
export async function lockedLevel(ctx: Ctx, channelId: ChannelId): Promise<LinkLevel | undefined> {
  const { rows } = await sql<{ level: LinkLevel }>`
    select link_level as level from channels.channel where id = ${channelId} for update`.execute(ctx.db);
  return rows[0]?.level;
}

/**
 * Gives a channel its level. Only `switchLevel` of `customers` calls this: it also makes the customers what they are by the new level, in
 * the same transaction [CHA-8]. Publishes `channel.changed.v1`, `channel.level_changed.v1`.
 */
export async function setLevel(ctx: Ctx, channelId: ChannelId, from: LinkLevel, to: LinkLevel): Promise<void> {
  await sql`update channels.channel set link_level = ${to} where id = ${channelId}`.execute(ctx.db);
  await publish(ctx, ChannelChanged, `channel/${channelId}`, { channelId });
  await publish(ctx, ChannelLevelChanged, `channel/${channelId}`, { channelId, before: from, after: to });
}

/** Ends a channel: nobody acts on it any more and its keys are revoked. What happened on it keeps its name. Publishes `channel.changed.v1`. */
export async function endChannel(ctx: Ctx, channelId: ChannelId): Promise<void> {
  await sql`update channels.channel set ended_at = ${ctx.now} where id = ${channelId} and ended_at is null`.execute(ctx.db);
  await sql`update channels.key set revoked_at = ${ctx.now} where channel_id = ${channelId} and revoked_at is null`.execute(ctx.db);
  await publish(ctx, ChannelChanged, `channel/${channelId}`, { channelId });
  await publish(ctx, ChannelKeysChanged, `channel/${channelId}`, { channelId });
}

/** Makes a key of a channel; its value is answered here and nowhere else. Errors: `channels.unknown`. Publishes `channel_keys.changed.v1`. */
export async function makeKey(ctx: Ctx, channelId: ChannelId, kind: KeyKind): Promise<Result<{ id: KeyId; value: string }, ChannelsError>> {
  const known = await ctx.db.selectFrom("channels.channel").select("id").where("id", "=", channelId).executeTakeFirst();
  if (!known) return err({ code: "channels.unknown", channelId });
  const value = keyValue(kind, newToken());
  const [id] = await addKeys(ctx, [{ channelId, kind, value }]);
  return id ? ok({ id, value }) : err({ code: "channels.unknown", channelId });
}

export type GivenKey = { readonly channelId: ChannelId; readonly kind: KeyKind; readonly value: string };

/** Keeps keys whose values are given, as the demo's are; one that is known stays. Publishes `channel_keys.changed.v1` for each. */
export async function addKeys(ctx: Ctx, keys: readonly GivenKey[]): Promise<KeyId[]> {
  if (keys.length === 0) return [];
  const rows = keys.map(({ channelId, kind, value }) => ({
    id: ctx.newId<KeyId>(),
    channelId,
    kind,
    hash: tokenHash(value).toString("hex"),
    display: displayOf(kind, value),
    isDemo: isDemoKey(value),
  }));
  await sql`
    insert into channels.key (id, channel_id, kind, hash, display, is_demo)
    select id, "channelId", kind, decode(hash, 'hex'), display, "isDemo"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           as k(id uuid, "channelId" uuid, kind text, hash text, display text, "isDemo" boolean)
    on conflict (hash) do nothing`.execute(ctx.db);
  for (const { channelId } of keys) await publish(ctx, ChannelKeysChanged, `channel/${channelId}`, { channelId });
  return rows.map(({ id }) => id);
}

/** Revokes a key: no node accepts it once the fact has reached it, some milliseconds later. Errors: `channels.key_unknown`. */
export async function revokeKey(ctx: Ctx, channelId: ChannelId, keyId: string): Promise<Result<void, ChannelsError>> {
  const row = await ctx.db
    .updateTable("channels.key")
    .set({ revoked_at: ctx.now })
    .where("id", "=", keyId)
    .where("channel_id", "=", channelId)
    .where("revoked_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  if (!row) return err({ code: "channels.key_unknown", keyId });
  await publish(ctx, ChannelKeysChanged, `channel/${channelId}`, { channelId });
  return ok(undefined);
}
