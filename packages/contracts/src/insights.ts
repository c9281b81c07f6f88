import { z } from "zod";
import { ChannelKind, CustomerParams, Facet, Instant, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

/** A share between 0 and 1, with the bounds of its 95 % interval (Wilson). Null when nothing applied. */
const Share = z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable();

export const ContinuityFacet = z
  .object({
    facet: Facet,
    carried: z.int(),
    lost: z.int(),
    share: Share,
    /** Why it was lost, the most frequent reason first: stable codes. */
    reasons: z.array(z.object({ because: z.string(), count: z.int() })),
  })
  .meta({ id: "ContinuityFacet" });

const End = z.object({ channelKind: ChannelKind, channelId: Uuid.nullable(), channelName: z.string().nullable() });

export const ContinuityPair = z
  .object({
    from: End,
    to: End,
    seams: z.int(),
    carried: z.int(),
    lost: z.int(),
    /** Carried over carried and lost, all facets together. */
    share: Share,
    /** The mean of the weighted scores of the seams. */
    score: z.number(),
    /** Null: fewer seams than a verdict needs. */
    level: z.enum(["omni", "cross", "multi"]).nullable(),
    facets: z.array(ContinuityFacet),
  })
  .meta({ id: "ContinuityPair" });

export const Continuity = z
  .object({
    since: Instant,
    /** How many touchpoints' batches are not measured yet: the report is so far behind. */
    behind: z.int(),
    seams: z.int(),
    carried: z.int(),
    lost: z.int(),
    share: Share,
    score: z.number().nullable(),
    /** Share of the seams on omni pairs, and half of those on cross pairs. */
    index: z.number().nullable(),
    /** Seams on pairs that have too few for a verdict: they count in the index as nothing. */
    withoutVerdict: z.int(),
    leastSeams: z.int(),
    weights: z.record(z.string(), z.number()),
    /** Seams that were seen only because two customers turned out to be one person, and how long after, as the median. */
    late: z.object({ seams: z.int(), medianSeconds: z.int().nullable() }),
    pairs: z.array(ContinuityPair),
  })
  .meta({ id: "Continuity" });

const SeamEnd = z.object({ at: Instant, channelKind: ChannelKind, channelName: z.string() });

export const Seam = z
  .object({
    id: Uuid,
    from: SeamEnd,
    to: SeamEnd,
    journeyRef: z.string().nullable(),
    score: z.number(),
    facets: z.array(
      z.object({
        facet: Facet,
        state: z.enum(["carried", "lost"]),
        /** Why it was lost. */
        because: z.string().nullable(),
      }),
    ),
    /** So long after it was it known that both sides are one person; null: it was known before. */
    lateSeconds: z.int().nullable(),
  })
  .meta({ id: "Seam" });

export const insightsEndpoints = {
  "continuity.read": {
    summary: "What was carried and lost where customers changed the channel, by pair of channels",
    tag: "insights",
    query: z.object({
      /** 30 days ago by default. */
      since: Instant.optional(),
      /** Only seams from or to this channel, pair by pair of channels instead of kinds of channels. */
      channelId: Uuid.optional(),
    }),
    response: Continuity,
    status: 200,
  },
  "customers.seams": {
    summary: "Where a customer changed the channel, newest first, and what came along",
    tag: "insights",
    params: CustomerParams,
    query: z.object({ ...PageQuery }),
    response: pageOf(Seam),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
