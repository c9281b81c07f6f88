import { z } from "zod";
import {
  BonusTerms,
  EarnRule,
  ExpiryTerms,
  LoyaltyLiability,
  LoyaltyProgram,
  LoyaltySimulation,
  Reward,
  RewardBenefit,
  TierTerms,
} from "./loyalty-program.ts";
import { LoyaltyTerms } from "./loyalty-terms.ts";
import { PublicName } from "./promotions.ts";
import { Wallet } from "./wallet.ts";
import {
  Because,
  CustomerParams,
  IdParams,
  Instant,
  LocalDate,
  LocalizedText,
  Money,
  PageQuery,
  Uuid,
  pageOf,
  type Endpoint,
} from "./shared.ts";

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
    /** What the card's QR holds now, to be scanned at the till: a token that the hub signed for half a day, a dot, and the code of this half minute. */
    cardToken: z.string(),
    /** With it the app makes the codes of the next half day, also without a network: HMAC-SHA-256 over the half minutes since 1970, its first 48 bits. base64url. */
    cardKey: z.string(),
    asOf: Instant,
    /** `last_night` where the channels only hand over: the balance at the end of the last business day, and nothing to burn here. */
    balanceAsOf: z.enum(["now", "last_night"]),
    earnRule: EarnRule,
    /** The purse that they share with others, with what all have together; null: their own alone. */
    pool: z.object({ name: z.string(), points: z.int(), maySpend: z.boolean() }).nullable(),
    /** The code by which they bring others, what both get, and how many came; null: not offered. */
    referral: z.object({ code: z.string(), referrerPoints: z.int(), friendPoints: z.int(), minimum: Money, friends: z.int() }).nullable(),
    /** What members may do with each other here; what is not offered is left out. */
    offers: z.object({ transfers: z.object({ minimum: z.int(), perMonth: z.int() }).nullable(), pools: z.boolean() }),
    /** Points as a means of payment: what they can pay now, and of a sale at most; null: not offered, or not here. */
    paying: z.object({ points: z.int(), minorUnits: z.int(), minimum: z.int(), maxPercent: z.int(), worth: Money }).nullable(),
    /** The cheapest first; what has ended or has not begun is not offered. */
    rewards: z.array(RewardOffer),
    /** The points that go first if they are not used, and when; null: none do. */
    nextExpiry: z.object({ points: z.int(), at: Instant }).nullable(),
    /** Points that were earned and cannot be used yet, beside the balance, and when the first of them can; null: none wait. */
    pending: z.object({ points: z.int(), at: Instant }).nullable(),
    /** Stamp cards of the program: pieces since the card was full last, and what a full one gives. */
    stamps: z.array(z.object({ id: Uuid, name: LocalizedText, count: z.int(), every: z.int(), points: z.int() })),
    /** The wallets of phones that the card can be added to; none where the retailer has not set one up. */
    wallets: z.array(Wallet),
    /** The tier they are in, and what is missing to the next one, in points, minor units or visits; null: the program has none. */
    tier: z
      .object({
        code: z.string().nullable(),
        name: LocalizedText.nullable(),
        since: Instant.nullable(),
        basis: z.enum(["points", "spend", "visits"]),
        reached: z.int(),
        next: z.object({ code: z.string(), name: LocalizedText, missing: z.int() }).nullable(),
      })
      .nullable(),
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

const LotUse = z.object({
  kind: z.string(),
  at: Instant,
  /** Taken from it; below zero: given back. */
  points: z.int(),
  orderId: Uuid.nullable(),
  orderNumber: z.string().nullable(),
});

/** A part of a balance: what one movement made, by which rules, and what was taken from it since. Below zero: a debt, repaid by what comes in next. */
export const LoyaltyLot = z
  .object({
    id: Uuid,
    kind: z.string(),
    /** Of an earning its data say the rule, its version and every bonus with its points. */
    because: Because,
    at: Instant,
    usableAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
    points: z.int(),
    left: z.int(),
    orderId: Uuid.nullable(),
    orderNumber: z.string().nullable(),
    placeName: z.string().nullable(),
    uses: z.array(LotUse),
  })
  .meta({ id: "LoyaltyLot" });

export const LoyaltyLots = z.object({ items: z.array(LoyaltyLot), asOf: Instant }).meta({ id: "LoyaltyLots" });

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

const Bonuses = z
  .array(BonusTerms)
  .max(50)
  .refine((bonuses) => new Set(bonuses.map(({ id }) => id)).size === bonuses.length, "each has an id of its own");

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
  "loyalty.lots": {
    summary: "What a balance is made of: lots with their rules, orders and expiry, what was taken from each, and debts",
    tag: "loyalty",
    params: CustomerParams,
    response: LoyaltyLots,
    status: 200,
  },
  "loyalty.simulate": {
    summary: "What a draft of the program would have given for the sales of the last days, beside the version in force. Nothing is written",
    tag: "loyalty",
    body: z.object({
      days: z.int().min(1).max(92).default(31),
      points: z.int().min(1).max(1000),
      perMinorUnits: z.int().min(1).max(1_000_000),
      bonuses: z.array(BonusTerms).max(50).default([]),
    }),
    response: LoyaltySimulation,
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
  "loyalty.liability": {
    summary: "What is owed for points, by legal entity, store and month of issue",
    tag: "loyalty",
    response: LoyaltyLiability,
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
      /** Points wait so many days before they can be used. */
      pendingDays: z.int().min(0).max(366).default(0),
    }),
    response: LoyaltyProgram,
    status: 201,
  },
  "loyalty.setExpiryPolicy": {
    summary: "How long points last that are earned from now on",
    tag: "loyalty",
    body: ExpiryTerms,
    response: LoyaltyProgram,
    status: 201,
  },
  "loyalty.setBonuses": {
    summary: "What sales earn besides the points of their amount, all of it, in the order in which it is judged: a new version",
    tag: "loyalty",
    body: z.object({
      /** The version that the caller saw. */
      version: z.int().min(1),
      bonuses: Bonuses,
    }),
    response: LoyaltyProgram,
    status: 201,
  },
  "loyalty.setTiers": {
    summary: "The tiers of the program, null for none: a new version",
    tag: "loyalty",
    body: z.object({ version: z.int().min(1), tiers: TierTerms.nullable() }),
    response: LoyaltyProgram,
    status: 201,
  },
  "loyalty.setTerms": {
    summary:
      "What members may do with points besides rewards: pay, bring others, give points away, share a purse. All of it: a new version",
    tag: "loyalty",
    body: z.object({ version: z.int().min(1), terms: LoyaltyTerms }),
    response: LoyaltyProgram,
    status: 201,
  },
  "loyalty.planProgram": {
    summary:
      "Plan a whole version of the program for a day to come: it holds at each store from the midnight that begins it there. Another takes its place",
    tag: "loyalty",
    body: z.object({
      /** The version in force that the caller saw. */
      version: z.int().min(1),
      beginsOn: LocalDate,
      points: z.int().min(1).max(1000),
      perMinorUnits: z.int().min(1).max(1_000_000),
      pendingDays: z.int().min(0).max(366).default(0),
      bonuses: Bonuses,
      tiers: TierTerms.nullable(),
      terms: LoyaltyTerms,
    }),
    response: LoyaltyProgram,
    status: 201,
  },
  "loyalty.withdrawPlan": {
    summary: "Undo what is planned, before its day",
    tag: "loyalty",
    response: LoyaltyProgram,
    status: 200,
  },
  "loyalty.createReward": {
    summary: "Offer something for points",
    tag: "loyalty",
    body: z.object({
      name: PublicName,
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
