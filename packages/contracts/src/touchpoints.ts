import { z } from "zod";
import { IdParams, Instant, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const IntakeAnswer = z
  .object({ success: z.literal(true), rejected: z.array(z.object({ index: z.int(), messageId: z.string().nullable(), code: z.string() })).optional() })
  .meta({ id: "IntakeAnswer" });

export const QuarantinedItem = z
  .object({ id: Uuid, at: Instant, kind: z.string(), channelId: Uuid.nullable(), reason: z.string(), detail: z.string().nullable(), raw: z.string(), state: z.enum(["waiting", "replayed", "discarded"]) })
  .meta({ id: "QuarantinedItem" });

const intake = (summary: string): Endpoint => ({ summary, tag: "touchpoints", response: IntakeAnswer, status: 200, raw: true });

export const touchpointsEndpoints = {
  "touchpoints.batch": intake("Take in a batch of touchpoints of an event client"),
  "touchpoints.identify": intake("Who a visitor is"),
  "touchpoints.track": intake("What someone did"),
  "touchpoints.page": intake("A page that was viewed"),
  "touchpoints.screen": intake("A screen that was viewed"),
  "touchpoints.group": intake("A group that someone belongs to"),
  "touchpoints.alias": intake("Two ids of one visitor"),
  "touchpoints.shortBatch": intake("Short form of batch"),
  "touchpoints.shortIdentify": intake("Short form of identify"),
  "touchpoints.shortTrack": intake("Short form of track"),
  "touchpoints.shortPage": intake("Short form of page"),
  "touchpoints.shortScreen": intake("Short form of screen"),
  "touchpoints.shortGroup": intake("Short form of group"),
  "touchpoints.shortAlias": intake("Short form of alias"),
  "quarantine.list": { summary: "What could not be processed, with its reason", tag: "touchpoints", query: z.object({ ...PageQuery, state: z.enum(["waiting", "replayed", "discarded"]).default("waiting"), kind: z.string().max(60).optional() }), response: pageOf(QuarantinedItem), status: 200 },
  "quarantine.replay": { summary: "Process it again, mended if a body is given", tag: "touchpoints", params: IdParams, body: z.object({ raw: z.string().max(200_000).optional() }), response: QuarantinedItem, status: 200 },
  "quarantine.discard": { summary: "Put it aside for good, with a reason", tag: "touchpoints", params: IdParams, body: z.object({ reason: z.string().min(1).max(300) }), response: QuarantinedItem, status: 200 },
} satisfies Record<string, Endpoint>;
