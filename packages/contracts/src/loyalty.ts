import { z } from "zod";
import { Because, CustomerParams, IdParams, Instant, LocalizedText, Money, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

const EarnRule = z.object({ points: z.int(), perMinorUnits: z.int(), currency: z.string() });

/** What a reward gives: one piece of one of these goods, an amount off, or a part of the price off (`numerator / denominator`). */
export const RewardBenefit = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("product"), variantIds: z.array(Uuid).min(1).max(500) }),
    z.object({ kind: z.literal("amount"), money: Money.extend({ amount: z.int().positive() }) }),
    z.object({
      kind: z.literal("percentage"),
      rate: z
        .object({ numerator: z.int().positive(), denominator: z.int().positive() })
        .refine(({ numerator, denominator }) => numerator <= denominator, "at most the whole price"),
    }),
  ])
  .meta({ id: "RewardBenefit" });

/** What points buy, as one customer sees it: how many they still need for it. */
export const RewardOffer = z
  .object({
    id: Uuid,
    name: LocalizedText,
    points: z.int(),
    /** 0: they have enough. */
    missing: z.int(),
    benefit: RewardBenefit,
    validTo: Instant.nullable(),
    /** The places and channels where it can be had; empty: everywhere. */
    placeIds: z.array(Uuid),
    channelIds: z.array(Uuid),
  })
  .meta({ id: "RewardOffer" });

export const Loyalty = z
  .object({
    programId: Uuid,
    programName: z.string(),
    /** Points a customer can use now: the sum over the accounts of the linked records. */
    balance: z.int(),
    earnedInAll: z.int(),
    cardNumber: z.string(),
    /** What the card's QR holds: a token signed by the hub, to be scanned at the till. */
    cardToken: z.string(),
    asOf: Instant,
    /** `last_night` where the channels only hand over: the balance at the end of the last business day, and nothing to burn here. */
    balanceAsOf: z.enum(["now", "last_night"]),
    earnRule: EarnRule,
    /** The cheapest first; what has ended or has not begun is not offered. */
    rewards: z.array(RewardOffer),
    /** The points that go first if they are not used, and when; null: none do. */
    nextExpiry: z.object({ points: z.int(), at: Instant }).nullable(),
  })
  .meta({ id: "Loyalty" });

export const LoyaltyEntry = z
  .object({
    id: Uuid,
    at: Instant,
    points: z.int(),
    kind: z.string(),
    because: Because,
    orderId: Uuid.nullable(),
    placeName: z.string().nullable(),
    /** Of that place. */
    timeZone: z.string().nullable(),
    /** What the order was of, the dearest first, at most three. */
    goods: z.array(z.object({ name: LocalizedText, quantity: z.int() })),
    /** The rewards that it used. */
    rewards: z.array(z.object({ name: LocalizedText, points: z.int() })),
  })
  .meta({ id: "LoyaltyEntry" });

/** Why staff give points without a sale. */
export const GRANT_REASONS = ["goodwill", "missed_sale", "long_wait", "wrong_order"] as const;

export const PointsGrant = z
  .object({
    id: Uuid,
    points: z.int(),
    reason: z.enum(GRANT_REASONS),
    /** Whether somebody else stood behind it. */
    approved: z.boolean(),
    at: Instant,
    /** What the customer has since; as of last night where the channels only hand over. */
    balance: z.int(),
    balanceAsOf: z.enum(["now", "last_night"]),
  })
  .meta({ id: "PointsGrant" });

/** A reward as the retailer keeps it; a change is a new version. */
export const Reward = z
  .object({
    id: Uuid,
    version: z.int(),
    name: LocalizedText,
    points: z.int(),
    benefit: RewardBenefit,
    validFrom: Instant.nullable(),
    validTo: Instant.nullable(),
    placeIds: z.array(Uuid),
    channelIds: z.array(Uuid),
    /** How often it was used, and what it took off in all, per currency. */
    used: z.int(),
    given: z.array(Money),
  })
  .meta({ id: "Reward" });

export const LoyaltyProgram = z
  .object({
    programId: Uuid,
    name: z.string(),
    members: z.int(),
    /** The newest first: what holds now, and what held before. */
    earnRules: z.array(EarnRule.extend({ version: z.int(), validFrom: Instant })),
    expiryPolicies: z.array(z.object({ version: z.int(), days: z.int().nullable(), validFrom: Instant })),
    rewards: z.array(Reward),
    /** What members could still burn, by the legal entity that issued it, and what became of the rest. */
    liability: z.array(
      z.object({
        entityId: Uuid,
        entityName: z.string(),
        open: z.int(),
        expiringIn90Days: z.int(),
        issued: z.int(),
        redeemed: z.int(),
        expired: z.int(),
        owedByMembers: z.int(),
        lost: z.int(),
      }),
    ),
    asOf: Instant,
  })
  .meta({ id: "LoyaltyProgram" });

export const loyaltyEndpoints = {
  "loyalty.read": {
    summary: "Points and member card of a customer",
    tag: "loyalty",
    params: CustomerParams,
    response: Loyalty,
    status: 200,
  },
  "loyalty.history": {
    summary: "Every movement of points with its reason",
    tag: "loyalty",
    params: CustomerParams,
    query: z.object({ ...PageQuery }),
    response: pageOf(LoyaltyEntry),
    status: 200,
  },
  "loyalty.grant": {
    summary:
      "Give points without a sale, with a reason. What goes beyond the caller's own limit of a day needs a manager's PIN, at a till. `id` is made by the caller: sent again, it is the same grant",
    tag: "loyalty",
    params: CustomerParams,
    body: z.object({
      id: Uuid,
      points: z.int().min(1).max(1000),
      reason: z.enum(GRANT_REASONS),
      pin: z
        .string()
        .regex(/^\d{4,8}$/)
        .optional(),
    }),
    response: PointsGrant,
    status: 201,
  },
  "loyalty.program": {
    summary: "The program: earn rules, expiry, rewards, and the points that are owed to members",
    tag: "loyalty",
    response: LoyaltyProgram,
    status: 200,
  },
  "loyalty.setEarnRule": {
    summary: "How sales earn from now on: a new version; earlier sales keep theirs",
    tag: "loyalty",
    body: z.object({
      name: z.string().trim().min(1).max(80),
      points: z.int().min(1).max(1000),
      perMinorUnits: z.int().min(1).max(1_000_000),
      currency: z.string().regex(/^[A-Z]{3}$/),
    }),
    response: LoyaltyProgram,
    status: 201,
  },
  "loyalty.setExpiryPolicy": {
    summary: "How long points last that are earned from now on; `days` null: for ever",
    tag: "loyalty",
    body: z.object({ days: z.int().min(1).max(3660).nullable() }),
    response: LoyaltyProgram,
    status: 201,
  },
  "loyalty.createReward": {
    summary: "Offer something for points",
    tag: "loyalty",
    body: z.object({
      name: LocalizedText.extend({ en: z.string().trim().min(1).max(120) }),
      points: z.int().min(1).max(1_000_000),
      benefit: RewardBenefit,
      validFrom: Instant.nullable().default(null),
      validTo: Instant.nullable().default(null),
      placeIds: z.array(Uuid).max(1000).default([]),
      channelIds: z.array(Uuid).max(100).default([]),
    }),
    response: Reward,
    status: 201,
  },
  "loyalty.endReward": {
    summary: "End a reward now; what was redeemed stays explained",
    tag: "loyalty",
    params: IdParams,
    response: Reward,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
