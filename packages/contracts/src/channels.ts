import { z } from "zod";
import { ChannelKind, IdParams, Instant, LinkLevel, PlaceFacet, Uuid, type Endpoint } from "./shared.ts";

export const ChannelKey = z
  .object({
    id: Uuid,
    kind: z.enum(["publishable", "secret"]),
    /** A publishable key is public and shown whole; of a secret key only the beginning and the end. */
    display: z.string(),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: "ChannelKey" });

/** The level of one facet at the places of a group. */
export const PlaceLevel = z.object({ groupId: Uuid, facet: PlaceFacet, level: LinkLevel }).meta({ id: "PlaceLevel" });

export const Channel = z
  .object({
    id: Uuid,
    kind: ChannelKind,
    name: z.string(),
    code: z.string(),
    entityId: Uuid,
    placeId: Uuid.nullable(),
    linkLevel: LinkLevel,
    /** Where the channel has another level at the places of a group, for a facet that is about a place. */
    placeLevels: z.array(PlaceLevel),
    /** A channel that vouches may say which contact points it has verified. */
    vouches: z.boolean(),
    /** Origins whose browsers may call the API with this channel's publishable key. */
    allowedOrigins: z.array(z.string()),
    /** Visitors are asked before the hub's browser client sends or stores anything. */
    asksFirst: z.boolean(),
    /** Minutes for which prices that were shown are promised; null: as long as the place of the cart holds goods. */
    priceHoldMinutes: z.int().nullable(),
    keys: z.array(ChannelKey),
  })
  .meta({ id: "Channel" });

/** A switch of a channel's link level. It holds for everybody from `turnedAt` on, at once; what is built before is shown to nobody. */
export const LevelChange = z
  .object({
    id: Uuid,
    channelId: Uuid,
    from: LinkLevel,
    to: LinkLevel,
    /** `building` in the background, `turned` when it holds and the old is being swept away, `done`. */
    state: z.enum(["building", "turned", "done"]),
    /** Records that hang together with others of another channel, and how many of them are built. */
    total: z.int(),
    built: z.int(),
    reason: z.string().nullable(),
    staffId: Uuid.nullable(),
    createdAt: Instant,
    turnedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
  })
  .meta({ id: "LevelChange" });

/** What a switch would do, before anybody does it. */
export const LevelPreview = z
  .object({
    channelId: Uuid,
    from: LinkLevel,
    to: LinkLevel,
    /** Whether people found on this channel and on others become one customer, become several, or stay as they are. */
    effect: z.enum(["unites", "splits", "none"]),
    /** People with records on this channel and on others that are linked. */
    peopleFoundTwice: z.int(),
    /** Pairs that may be one person and wait for somebody to judge them. */
    pairsToReview: z.int(),
    /** Open carts of these people, which would go on (or no longer go on) there and here. */
    cartsGoingOn: z.int(),
    /** Of these people those with points on both sides, and how many points become one balance or several. */
    balancesAddingUp: z.int(),
    pointsAddingUp: z.int(),
    /** Choices against being contacted that would hold (or no longer hold) on the other channels too. Withdrawals hold on every level. */
    optOutsSpreading: z.int(),
    /** Of these people those who stay apart, because somebody's notice says nothing of joining: not told yet, or told and with time to object. */
    peopleToInform: z.int(),
    peopleInformed: z.int(),
    /** Those who object to being joined, and stay apart for good. */
    peopleObjecting: z.int(),
    /** Those with a record that is older than any notice: whoever switches answers for what they were told. */
    peopleWithoutNotice: z.int(),
    /** A few of these people. Without rights to contacts there is no name. */
    samples: z.array(
      z.object({
        customerId: Uuid,
        otherCustomerId: Uuid.nullable(),
        name: z.string().nullable(),
        channelIds: z.array(Uuid),
        points: z.int(),
      }),
    ),
  })
  .meta({ id: "LevelPreview" });

/** What a kind of channel can do, as the table of design and the continuity measure read it. */
export const ChannelAbility = z
  .object({ kind: ChannelKind, knownBy: z.array(z.string()), cart: z.string(), pays: z.string(), points: z.string(), help: z.string() })
  .meta({ id: "ChannelAbility" });

export const AppConfig = z
  .object({
    app: z.enum(["shop", "till", "office", "board", "tour"]),
    channelId: Uuid.nullable(),
    publishableKey: z.string().nullable(),
    brand: z.object({ name: z.string(), logoUrl: z.string().nullable() }),
    demo: z.boolean(),
    currency: z.string(),
    version: z.string(),
  })
  .meta({ id: "AppConfig" });

export const channelsEndpoints = {
  "channels.list": {
    summary: "Channels and what each kind can do; keys only for staff who may see them",
    tag: "channels",
    response: z.object({ channels: z.array(Channel), abilities: z.array(ChannelAbility) }).meta({ id: "ChannelList" }),
    status: 200,
  },
  "channels.create": {
    summary: "Add a channel",
    tag: "channels",
    body: z.object({
      kind: ChannelKind,
      name: z.string().min(1).max(120),
      code: z.string().regex(/^[a-z0-9-]{2,40}$/),
      entityId: Uuid,
      placeId: Uuid.nullable().default(null),
      allowedOrigins: z.array(z.url()).default([]),
      vouches: z.boolean().default(false),
      asksFirst: z.boolean().default(true),
    }),
    response: Channel,
    status: 201,
  },
  "channels.update": {
    summary: "Change name, origins, vouching, asking first or price promise of a channel",
    tag: "channels",
    params: IdParams,
    body: z.object({
      name: z.string().min(1).max(120).optional(),
      allowedOrigins: z.array(z.url()).optional(),
      vouches: z.boolean().optional(),
      asksFirst: z.boolean().optional(),
      priceHoldMinutes: z.int().min(1).max(1440).nullable().optional(),
      /** Replaces those there were. */
      placeLevels: z.array(PlaceLevel).max(500).optional(),
    }),
    response: Channel,
    status: 200,
  },
  "channels.previewLevel": {
    summary: "What another link level would change: a dry run, nothing is written",
    tag: "channels",
    params: IdParams,
    query: z.object({ level: LinkLevel }),
    response: LevelPreview,
    status: 200,
  },
  "channels.changeLevel": {
    summary: "Switch the link level: at once for few people, in the background for many. Followed live as `level_change/<id>`",
    tag: "channels",
    params: IdParams,
    body: z.object({ level: LinkLevel, reason: z.string().min(1).max(500).optional() }),
    response: LevelChange,
    status: 201,
  },
  "channels.levelChanges": {
    summary: "The switches of a channel's link level, newest first",
    tag: "channels",
    params: IdParams,
    response: z.object({ items: z.array(LevelChange) }).meta({ id: "LevelChangeList" }),
    status: 200,
  },
  "channels.levelChange": { summary: "One switch and its progress", tag: "channels", params: IdParams, response: LevelChange, status: 200 },
  "channels.createKey": {
    summary: "Make a key; its value is shown once",
    tag: "channels",
    params: IdParams,
    body: z.object({ kind: z.enum(["publishable", "secret"]) }),
    response: z.object({ key: ChannelKey, value: z.string() }).meta({ id: "NewChannelKey" }),
    status: 201,
  },
  "channels.revokeKey": {
    summary: "Revoke a key at once",
    tag: "channels",
    params: z.object({ id: Uuid, keyId: Uuid }),
    response: null,
    status: 204,
  },
  "channels.appConfig": {
    summary: "What an app needs before its first call",
    tag: "channels",
    params: z.object({ app: z.enum(["shop", "till", "office", "board", "tour"]) }),
    response: AppConfig,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
