import { z } from "zod";
import { IdParams, Instant, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const IntakeAnswer = z
  .object({
    success: z.literal(true),
    rejected: z.array(z.object({ index: z.int(), messageId: z.string().nullable(), code: z.string() })).optional(),
  })
  .meta({ id: "IntakeAnswer" });

export const QuarantinedItem = z
  .object({
    id: Uuid,
    at: Instant,
    kind: z.string(),
    channelId: Uuid.nullable(),
    reason: z.string(),
    detail: z.string().nullable(),
    raw: z.string(),
    state: z.enum(["waiting", "replayed", "discarded"]),
  })
  .meta({ id: "QuarantinedItem" });

export const SuspectedResend = z
  .object({
    id: Uuid,
    recordId: Uuid,
    channelId: Uuid,
    channelName: z.string(),
    kind: z.string(),
    name: z.string().nullable(),
    at: Instant,
    /** What it has in common with the first: its id, its time, or only what it says, soon after. */
    because: z.enum(["same_message_id", "same_time", "same_content"]),
    firstId: Uuid,
    firstAt: Instant,
    noticedAt: Instant,
  })
  .meta({ id: "SuspectedResend" });

const SenderId = z.union([z.string().max(255), z.number()]).nullish();
const Properties = z.record(z.string(), z.unknown()).nullish();
const ClientTime = z.union([z.string().max(60), z.number()]).nullish();

/** One touchpoint as event clients send it. Fields that are not named here are kept. The hub's own check is compiled from this schema. */
export const IntakeEvent = z
  .looseObject({
    type: z.enum(["identify", "track", "page", "screen", "group", "alias"]),
    messageId: z.string().min(1).max(100).nullish(),
    userId: SenderId,
    anonymousId: SenderId,
    previousId: SenderId,
    groupId: SenderId,
    event: z.string().max(255).nullish(),
    name: z.string().max(255).nullish(),
    properties: Properties,
    traits: Properties,
    context: Properties,
    timestamp: ClientTime,
    originalTimestamp: ClientTime,
    sentAt: ClientTime,
  })
  .meta({ id: "IntakeEvent" });

const Key = { writeKey: z.string().max(200).optional() };
const IntakeMessage = IntakeEvent.partial({ type: true })
  .extend(Key)
  .meta({ id: "IntakeMessage", description: "One event; its type may be left to the address" });
const IntakeBatch = z
  .looseObject({ batch: z.array(IntakeEvent).max(2500), sentAt: ClientTime, ...Key })
  .meta({ id: "IntakeBatch", description: "At most 500 KB. Fields that are not named here are kept" });

/** One event of PostHog's clients. What is not named here is kept. */
const PosthogEvent = z.looseObject({
  event: z.string().max(255),
  distinct_id: z.union([z.string().max(255), z.number()]),
  properties: Properties,
  uuid: z.string().max(100).nullish(),
  timestamp: ClientTime,
});
const PosthogBatch = z.looseObject({ api_key: z.string().max(200), batch: z.array(PosthogEvent).max(2500), sent_at: ClientTime }).meta({
  id: "PosthogBatch",
  description: "At most 500 KB. `$identify`, `$pageview`, `$screen`, `$create_alias` and `$groupidentify` are understood",
});
/** What Jitsu's clients write into their address. */
const JitsuParams = z.object({ kind: z.enum(["identify", "track", "page", "screen", "group", "alias"]) });

// The bodies are for those who read the description: the hub itself reads bytes, and takes much that does not fit.
const intake = (summary: string, body: Endpoint["body"] = IntakeMessage): Endpoint => ({
  summary,
  tag: "touchpoints",
  body,
  response: IntakeAnswer,
  status: 200,
  raw: true,
});

export const touchpointsEndpoints = {
  "touchpoints.batch": intake("Take in a batch of touchpoints of an event client", IntakeBatch),
  "touchpoints.identify": intake("Who a visitor is"),
  "touchpoints.track": intake("What someone did"),
  "touchpoints.page": intake("A page that was viewed"),
  "touchpoints.screen": intake("A screen that was viewed"),
  "touchpoints.group": intake("A group that someone belongs to"),
  "touchpoints.alias": intake("Two ids of one visitor"),
  "touchpoints.shortBatch": intake("Short form of batch", IntakeBatch),
  "touchpoints.shortIdentify": intake("Short form of identify"),
  "touchpoints.shortTrack": intake("Short form of track"),
  "touchpoints.shortPage": intake("Short form of page"),
  "touchpoints.shortScreen": intake("Short form of screen"),
  "touchpoints.shortGroup": intake("Short form of group"),
  "touchpoints.shortAlias": intake("Short form of alias"),
  "touchpoints.posthogBatch": intake("Take in a batch of PostHog's clients", PosthogBatch),
  "touchpoints.posthogFlags": {
    summary: "What PostHog's clients ask for beside: there are no flags",
    tag: "touchpoints",
    query: z.object({ v: z.string().max(10).optional() }),
    response: z
      .object({
        flags: z.record(z.string(), z.never()),
        featureFlags: z.record(z.string(), z.never()),
        featureFlagPayloads: z.record(z.string(), z.never()),
        errorsWhileComputingFlags: z.literal(false),
        requestId: z.string(),
      })
      .meta({ id: "PosthogFlags" }),
    status: 200,
    raw: true,
  },
  "touchpoints.jitsu": { ...intake("One event of Jitsu's clients; the key is in `X-Write-Key`"), params: JitsuParams },
  "touchpoints.jitsuServer": { ...intake("The same, as Jitsu's client sends it from a server"), params: JitsuParams },
  "touchpoints.settings": {
    summary: "What a browser's event client asks for when it loads",
    tag: "touchpoints",
    params: z.object({ writeKey: z.string().max(200) }),
    response: z
      .object({
        integrations: z.record(z.string(), z.object({ apiKey: z.string(), apiHost: z.string(), protocol: z.string() })),
        plan: z.object({}),
        remotePlugins: z.array(z.never()),
        /** For the hub's own browser client. */
        weft: z.object({ asksFirst: z.boolean() }),
      })
      .meta({ id: "IntakeSettings" }),
    status: 200,
    raw: true,
  },
  "touchpoints.resends": {
    summary: "Touchpoints that look sent twice, newest first: kept, and marked",
    tag: "touchpoints",
    query: z.object(PageQuery),
    response: pageOf(SuspectedResend),
    status: 200,
  },
  "quarantine.list": {
    summary: "What could not be processed, with its reason",
    tag: "touchpoints",
    query: z.object({
      ...PageQuery,
      state: z.enum(["waiting", "replayed", "discarded"]).default("waiting"),
      kind: z.string().max(60).optional(),
    }),
    response: pageOf(QuarantinedItem),
    status: 200,
  },
  "quarantine.replay": {
    summary: "Process it again, mended if a body is given",
    tag: "touchpoints",
    params: IdParams,
    body: z.object({ raw: z.string().max(200_000).optional() }),
    response: QuarantinedItem,
    status: 200,
  },
  "quarantine.discard": {
    summary: "Put it aside for good, with a reason",
    tag: "touchpoints",
    params: IdParams,
    body: z.object({ reason: z.string().min(1).max(300) }),
    response: QuarantinedItem,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
