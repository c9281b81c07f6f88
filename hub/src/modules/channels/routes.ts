import type { AppConfigView, ChannelKeyView, ChannelView } from "@weft/contracts";
import { CHANNEL_KINDS } from "@weft/contracts";
import { err, ok, type ChannelId, type EntityId, type PlaceId } from "@weft/kernel";
import { read, write, type Actor, type Ctx, type ReadCtx, type Route } from "../../platform/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { addChannel, changeChannel, makeKey, revokeKey } from "./commands.ts";
import { ABILITIES } from "./domain/index.ts";
import { CHANNELS_PROBLEMS } from "./errors.ts";
import { keysOf, type KnownKey } from "./keys.ts";
import { channelOfApp, publishableKeyOf } from "./queries.ts";
import { channelsSnapshot, loadChannels, type Channel, type Channels } from "./snapshot.ts";

export type ChannelsRouteDeps = {
  readonly brand: { readonly name: string; readonly logoUrl: string | null };
  readonly isDemo: boolean;
  readonly version: string;
};

export const channelsRoutes = (deps: ChannelsRouteDeps): readonly Route[] => [
  read(
    "channels.list",
    async (ctx) => {
      const all = [...(await ctx.snapshots.current(channelsSnapshot)).channels.values()];
      const channels = all.filter(({ id, circle }) => circle === null || id === ctx.actor.channelId);
      const abilities = CHANNEL_KINDS.map((kind) => ({ kind, ...ABILITIES[kind], knownBy: [...ABILITIES[kind].knownBy] }));
      if (!seesKeys(ctx.actor)) return ok({ channels: channels.map((channel) => presentToOthers(channel)), abilities });
      const keys = await keysOf(ctx, null);
      return ok({ channels: channels.map((channel) => presentChannel(channel, keys)), abilities });
    },
    { problems: {} },
  ),
  read("channels.appConfig", async (ctx, { params }) => ok(await appConfig(ctx, deps, params.app)), { problems: {} }),
  ...ownerRoutes,
];

const ownerRoutes: readonly Route[] = [
  write(
    "channels.create",
    async (ctx, { body }) => {
      // The brands exist only in types.
      const added = await addChannel(ctx, { ...body, entityId: body.entityId as EntityId, placeId: body.placeId as PlaceId | null });
      return added.ok ? presentById(ctx, added.value) : added;
    },
    { problems: CHANNELS_PROBLEMS },
  ),
  write(
    "channels.update",
    async (ctx, { params, body }) => {
      const channelId = params.id as ChannelId; // the brand exists only in types
      const change = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const changed = await changeChannel(ctx, channelId, change);
      return changed.ok ? presentById(ctx, channelId) : changed;
    },
    { problems: CHANNELS_PROBLEMS },
  ),
  write(
    "channels.createKey",
    async (ctx, { params, body }) => {
      const channelId = params.id as ChannelId; // the brand exists only in types
      const made = await makeKey(ctx, channelId, body.kind);
      if (!made.ok) return made;
      const key = (await keysOf(ctx, channelId)).find(({ id }) => id === made.value.id);
      return key ? ok({ key: presentKey(key), value: made.value.value }) : err({ code: "channels.unknown", channelId });
    },
    // Shown once means once: a repeated request learns which key it made, not its value.
    { problems: CHANNELS_PROBLEMS, kept: ({ key }) => ({ key, value: key.display }) },
  ),
  write(
    "channels.revokeKey",
    async (ctx, { params }) => {
      const revoked = await revokeKey(ctx, params.id as ChannelId, params.keyId); // the brand exists only in types
      return revoked.ok ? ok(null) : revoked;
    },
    { problems: CHANNELS_PROBLEMS },
  ),
];

async function appConfig(ctx: ReadCtx, deps: ChannelsRouteDeps, app: AppConfigView["app"]): Promise<AppConfigView> {
  const all = await ctx.snapshots.current(channelsSnapshot);
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  const own = all.channels.get(ctx.actor.channelId ?? ("" as ChannelId)); // no channel has the empty id
  const channel = channelOfPage(all, own, app);
  const entity = (channel && entities.get(channel.entityId)) ?? [...entities.values()][0];
  return {
    app,
    channelId: channel?.id ?? null,
    // Staff apps act by their session; only visitors of the shop need a key of the channel.
    publishableKey: app === "shop" && channel ? publishableKeyOf(all, channel.id) : null,
    brand: { ...deps.brand },
    demo: deps.isDemo,
    currency: entity?.currency ?? "EUR",
    version: deps.version,
  };
}

/** A till or board is that of its device; a shop that comes with the key or session of another web channel is that channel's. */
function channelOfPage(all: Channels, own: Channel | undefined, app: AppConfigView["app"]): Channel | undefined {
  if (app === "shop") return own?.kind === "web" || own?.kind === "app" ? own : channelOfApp(all, app);
  return app === "office" ? channelOfApp(all, app) : own;
}

function seesKeys({ staff }: Actor): boolean {
  return staff !== null && staff.roles.some((role) => role === "owner" || role === "manager");
}

async function presentById(ctx: Ctx, channelId: ChannelId) {
  const channel = (await loadChannels(ctx.db)).channels.get(channelId);
  return channel ? ok(presentChannel(channel, await keysOf(ctx, channelId))) : err({ code: "channels.unknown" as const, channelId });
}

function presentChannel(channel: Channel, keys: readonly KnownKey[]): ChannelView {
  const { id, kind, name, code, entityId, placeId, linkLevel, placeLevels, vouches, allowedOrigins, asksFirst, priceHoldMinutes } = channel;
  return {
    id,
    kind,
    name,
    code,
    entityId,
    placeId,
    linkLevel,
    placeLevels: [...placeLevels],
    vouches,
    allowedOrigins: [...allowedOrigins],
    asksFirst,
    priceHoldMinutes,
    keys: keys.filter(({ channelId }) => channelId === id).map(presentKey),
  };
}

/** What keys there are and which sites may use them concerns nobody else. */
function presentToOthers(channel: Channel): ChannelView {
  return presentChannel({ ...channel, allowedOrigins: [] }, []);
}

function presentKey({ id, kind, display, createdAt, lastUsedAt, revokedAt }: KnownKey): ChannelKeyView {
  return {
    id,
    kind,
    display,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
