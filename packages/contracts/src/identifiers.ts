import { z } from "zod";
import { ChannelKind, IdParams, Instant, Uuid, type Endpoint } from "./shared.ts";

/** Kinds of values whose limits an owner sets. */
export const LIMITED_KINDS = ["email", "phone", "card", "payment_card", "device"] as const;

/** What values of a kind tell about people. */
export const IdentifierLimit = z
  .object({
    kind: z.enum(LIMITED_KINDS),
    /** Whose such a value is. One of a household never joins, and asks only where something else agrees too. */
    scope: z.enum(["person", "household", "device"]),
    /** What it does to two records when both have proved it, and when not. */
    whenProven: z.enum(["joins", "asks", "nothing"]),
    whenClaimed: z.enum(["asks", "nothing"]),
    /** More of one customer need a person's decision. Of devices: within seven days. */
    valuesPerCustomer: z.int().min(1).max(1000),
    /** A value on more customers tells nobody apart: it is set aside, and what it joined comes apart. */
    customersPerValue: z.int().min(1).max(1000),
    /** Values that are nobody's; `*` stands for anything. */
    blocked: z.array(z.string().trim().min(2).max(200)).max(200),
  })
  .meta({ id: "IdentifierLimit" });

const Limits = z.array(IdentifierLimit).min(1).max(LIMITED_KINDS.length);

export const MatchingLimits = z
  .object({
    limits: z.array(IdentifierLimit),
    /** How far customers were computed again since the last change. */
    course: z.object({
      isApplying: z.boolean(),
      lookedAt: z.int(),
      withdrawn: z.int(),
      restored: z.int(),
      setAside: z.int(),
      changedAt: Instant.nullable(),
    }),
  })
  .meta({ id: "MatchingLimits" });

/** What would change if these were the limits. */
export const LimitsPreview = z
  .object({
    /** False: there is more than was looked at; the figures are those of a part. */
    isComplete: z.boolean(),
    valuesSetAside: z.int(),
    linksWithdrawn: z.int(),
    linksRestored: z.int(),
    customersBefore: z.int(),
    customersAfter: z.int(),
    examples: z.array(z.object({ customerId: Uuid, name: z.string().nullable(), becomes: z.int() })),
  })
  .meta({ id: "LimitsPreview" });

/** One value, and everybody who has or had it. */
export const IdentifierPage = z
  .object({
    id: Uuid,
    kind: z.enum(["email", "phone", "card", "payment_card", "external", "device"]),
    value: z.string(),
    firstSeenAt: Instant,
    lastSeenAt: Instant,
    /** Why it tells nobody apart; null when it counts. */
    setAside: z.enum(["too_common", "too_many_people", "staff", "blocked"]).nullable(),
    holders: z.array(
      z.object({
        recordId: Uuid,
        customerId: Uuid,
        name: z.string().nullable(),
        channelId: Uuid,
        channelKind: ChannelKind,
        channelName: z.string(),
        since: Instant,
        verifiedAt: Instant.nullable(),
        /** How it came: `sign_in`, `api`, `import` … */
        evidence: z.string(),
      }),
    ),
    /** There are more holders than are listed. */
    hasMore: z.boolean(),
    /** Links that rest on it now. */
    links: z.int(),
  })
  .meta({ id: "IdentifierPage" });

const Side = z.object({ channel: z.string().trim().min(1).max(80), externalId: z.string().trim().min(1).max(200) });

/** Two records by what their channels call them. */
export const PairJudgment = z.object({
  a: Side,
  b: Side,
  decision: z.enum(["same", "different"]),
  reason: z.string().trim().min(3).max(500),
});

export const PairJudged = z
  .object({
    result: z.enum(["done", "known", "unknown_record", "same_record", "judged_different", "are_one"]),
    /** The side that is unknown. */
    side: z.enum(["a", "b"]).nullable(),
  })
  .meta({ id: "PairJudged" });

export const identifierEndpoints = {
  "matching.limits": {
    summary: "What kinds of values tell about people, and how far customers were computed again since it was changed",
    tag: "customers",
    response: MatchingLimits,
    status: 200,
  },
  "matching.previewLimits": {
    summary: "What would change if these were the limits; nothing is written",
    tag: "customers",
    body: z.object({ limits: Limits }),
    response: LimitsPreview,
    status: 200,
  },
  "matching.setLimits": {
    summary: "Change the limits; whom they touch is computed again in the background, and comes back when they are taken back",
    tag: "customers",
    body: z.object({ limits: Limits }),
    response: MatchingLimits,
    status: 200,
  },
  "identifiers.read": {
    summary: "One value: who has it, since when and how proved, and why it does or does not tell people apart",
    tag: "customers",
    params: IdParams,
    response: IdentifierPage,
    status: 200,
  },
  "identifiers.stand": {
    summary: "Set a value aside, so that it tells nobody apart and what it joined comes apart, or let it count again",
    tag: "customers",
    params: IdParams,
    body: z.object({ isSetAside: z.boolean(), reason: z.string().trim().min(3).max(500) }),
    response: IdentifierPage,
    status: 200,
  },
  "matching.judgePairs": {
    summary: "Say of pairs from a file that they are one person or different ones; what was said before changes nothing",
    tag: "customers",
    body: z.object({ pairs: z.array(PairJudgment).min(1).max(200) }),
    response: z.object({ results: z.array(PairJudged) }).meta({ id: "PairsJudged" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
