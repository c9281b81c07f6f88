import { z } from "zod";
import { LoyaltyTerms } from "./loyalty-terms.ts";
import { GoodsFilter, PublicName, WHEN_AND_WHERE } from "./promotions.ts";
import { Instant, LocalDate, LocalizedText, Money, Uuid } from "./shared.ts";

export const EarnRule = z.object({ points: z.int(), perMinorUnits: z.int(), currency: z.string() });

/**
 * What a bonus gives: the points of its goods once more or several times (200 percent: twice the points), points for every `every` pieces of its
 * goods, or points once per sale.
 */
export const BonusGift = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("multiply"), percent: z.int().min(101).max(2000) }),
    z.object({
      kind: z.literal("per_piece"),
      points: z.int().min(1).max(100_000),
      every: z.int().min(1).max(1000),
      /** A stamp card: pieces count on from sale to sale. */
      carries: z.boolean().default(false),
    }),
    z.object({ kind: z.literal("points"), points: z.int().min(1).max(100_000) }),
  ])
  .meta({ id: "BonusGift" });

/** What a sale earns besides the points of its amount, and when. Every condition that is set must hold. */
export const BonusTerms = z
  .object({
    /** Made by the caller; it stays through all versions, so that limits and explanations know it. */
    id: Uuid,
    name: PublicName,
    gives: BonusGift,
    goods: GoodsFilter,
    /** What its goods must cost together, as they are paid, in minor units of the program's currency; and how many pieces of them are needed. */
    minimum: z.int().min(1).max(100_000_000).nullable().default(null),
    minimumPieces: z.int().min(1).max(10_000).nullable().default(null),
    ...WHEN_AND_WHERE,
    /** A tier of the program is the group `tier:` and its code. */
    customerGroups: z.array(z.string().trim().min(1).max(46)).max(20).default([]),
    firstOrder: z.boolean().default(false),
    /** On the day of the year on which the member was born, and so many days around it; null: on any day. */
    birthdayDays: z.int().min(0).max(31).nullable().default(null),
    /** On the visit that makes so many days with a purchase within so many days; then it begins anew. */
    visits: z
      .object({ count: z.int().min(2).max(100), days: z.int().min(2).max(366) })
      .nullable()
      .default(null),
    /** On the purchase that makes so many calendar weeks or months in a row with one; then it begins anew. */
    streak: z
      .object({ count: z.int().min(2).max(60), per: z.enum(["week", "month"]) })
      .nullable()
      .default(null),
    /** How often a member gets it, by the calendar of the store. */
    limit: z
      .object({ times: z.int().min(1).max(1000), per: z.enum(["day", "week", "month", "year", "life"]) })
      .nullable()
      .default(null),
    /** Where it gives points, those behind it in the list give none. */
    stops: z.boolean().default(false),
  })
  .meta({ id: "BonusTerms" });

/** Tiers, the lowest first: from how much on within the window somebody is in each, and what becomes of those who fall below. */
export const TierTerms = z
  .object({
    /** `spend` in minor units of the program's currency; a visit is a day with a purchase that earned. */
    basis: z.enum(["points", "spend", "visits"]),
    /** The last so many days, or the calendar year and the one before: who reached a tier last year keeps it through this one. */
    window: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("days"), days: z.int().min(1).max(1100) }),
      z.object({ kind: z.literal("year") }),
    ]),
    /** Never down, or down after so many days below (0: at once). */
    downgrade: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("never") }),
      z.object({ kind: z.literal("after"), days: z.int().min(0).max(366) }),
    ]),
    /** Down by one tier at a time. */
    softLanding: z.boolean(),
    tiers: z
      .array(z.object({ code: z.string().regex(/^[a-z0-9_]{1,32}$/), name: PublicName, from: z.int().min(1).max(1_000_000_000) }))
      .min(1)
      .max(10)
      .refine(
        (tiers) => tiers.every(({ from }, n) => n === 0 || from > (tiers[n - 1]?.from ?? 0)),
        "each needs more than the one before it",
      )
      .refine((tiers) => new Set(tiers.map(({ code }) => code)).size === tiers.length, "each has a code of its own"),
  })
  .meta({ id: "TierTerms" });

export const EXPIRY_KINDS = ["never", "days", "months", "years", "inactivity"] as const;

/**
 * How long points last: to the end of the day `length` days on, of the month `length` months on, of the year `length` years on (0: of this one),
 * or until nothing was earned or redeemed for `length` days.
 */
export const ExpiryTerms = z
  .object({ kind: z.enum(EXPIRY_KINDS), length: z.int().min(0).max(3660) })
  .refine(({ kind, length }) => length > 0 || kind === "never" || kind === "months" || kind === "years", "at least a day");

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

/** One version of a program, whole. */
const ProgramVersion = EarnRule.extend({
  version: z.int(),
  validFrom: Instant,
  /** Points wait so many days before they can be used. */
  pendingDays: z.int(),
  bonuses: z.array(BonusTerms),
  tiers: TierTerms.nullable(),
  terms: LoyaltyTerms,
});

export const LoyaltyProgram = z
  .object({
    programId: Uuid,
    name: z.string(),
    members: z.int(),
    /** The newest first: what holds now, and what held before. */
    earnRules: z.array(ProgramVersion),
    /** What holds from a day to come; null: nothing is planned. */
    planned: ProgramVersion.extend({ beginsOn: LocalDate }).nullable(),
    expiryPolicies: z.array(z.object({ version: z.int(), kind: z.enum(EXPIRY_KINDS), length: z.int(), validFrom: Instant })),
    /** How many members are in each tier now. */
    inTiers: z.array(z.object({ code: z.string(), members: z.int() })),
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

const Compared = { sales: z.int(), now: z.int(), draft: z.int() };

/** Points, and what they would cost by what a point took off so far; null where none was redeemed yet. */
const Simulated = z.object({ points: z.int(), cost: Money.nullable() });

/** What a draft would have given for the sales of the last days, beside the version in force. */
export const LoyaltySimulation = z
  .object({
    days: z.int(),
    sales: z.int(),
    members: z.int(),
    /** False: there were more sales, and the newest were taken. */
    isAll: z.boolean(),
    now: Simulated,
    draft: Simulated,
    byPlace: z.array(z.object({ placeId: Uuid.nullable(), name: z.string().nullable(), ...Compared })),
    byTier: z.array(z.object({ tier: z.string().nullable(), ...Compared })),
    byBonus: z.array(z.object({ id: Uuid, name: LocalizedText, sales: z.int(), points: z.int() })),
  })
  .meta({ id: "LoyaltySimulation" });

/** What is owed for points, by legal entity, store and month of issue; amounts deferred out of what their sales were paid (IFRS 15, B39 to B43). */
export const LoyaltyLiability = z
  .object({
    currency: z.string(),
    /** Minor units that a point took off so far; null where none was redeemed yet. */
    valueOfPoint: z.number().nullable(),
    /** The part of points expected to be redeemed, of 1: of those that were settled so far, the part that was. */
    expectedRate: z.number(),
    items: z.array(
      z.object({
        entityId: Uuid,
        entityName: z.string(),
        placeId: Uuid.nullable(),
        placeName: z.string().nullable(),
        /** `2026-03`. */
        month: z.string(),
        /** Earned with partners, who were charged for them. */
        ofPartners: z.boolean(),
        given: z.int(),
        redeemed: z.int(),
        expired: z.int(),
        open: z.int(),
        expected: z.int(),
        deferred: Money,
        earned: Money,
        liability: Money,
      }),
    ),
    asOf: Instant,
  })
  .meta({ id: "LoyaltyLiability" });
