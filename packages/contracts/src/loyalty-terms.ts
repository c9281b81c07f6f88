import { z } from "zod";

/** Points as a means of payment: `points` pay `minorUnits` of the program's currency, from `minimum` points on and up to a part of each sale. */
export const PayTerms = z.object({
  points: z.int().min(1).max(100_000),
  minorUnits: z.int().min(1).max(1_000_000),
  minimum: z.int().min(1).max(1_000_000),
  maxPercent: z.int().min(1).max(100),
});

/** Who brings somebody gets points with their first order, and so do they. */
export const ReferralTerms = z.object({
  referrerPoints: z.int().min(1).max(100_000),
  friendPoints: z.int().min(1).max(100_000),
  /** What the first order must come to at least, in minor units of the program's currency. */
  minimum: z.int().min(0).max(100_000_000),
  /** Friends that somebody is thanked for in a calendar year. */
  perYear: z.int().min(1).max(1000),
});

/** Members give points to each other. */
export const TransferTerms = z.object({
  /** Points that are given at once at least, and in a calendar month at most. */
  minimum: z.int().min(1).max(1_000_000),
  perMonth: z.int().min(1).max(10_000_000),
});

/** People share one purse: at most so many of them. */
export const PoolTerms = z.object({ members: z.int().min(2).max(50) });

/** From how many on somebody should look: sales with points of a customer in a day, grants of one giver to one customer in a month, returns of a customer in a quarter. */
export const WatchTerms = z.object({
  salesPerDay: z.int().min(2).max(1000),
  grantsPerMonth: z.int().min(1).max(1000),
  returnsPerQuarter: z.int().min(2).max(1000),
});

/** What members may do with points besides rewards, null: not offered; and what is watched, null: nothing. */
export const LoyaltyTerms = z
  .object({
    paying: PayTerms.nullable().default(null),
    referral: ReferralTerms.nullable().default(null),
    transfers: TransferTerms.nullable().default(null),
    pools: PoolTerms.nullable().default(null),
    watch: WatchTerms.nullable().default(null),
  })
  .refine(({ transfers }) => !transfers || transfers.minimum <= transfers.perMonth, "a month takes one transfer at least")
  .meta({ id: "LoyaltyTerms" });
