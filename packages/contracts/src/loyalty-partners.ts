import { z } from "zod";
import { IdParams, Instant, LocalDate, Money, Uuid, type Endpoint } from "./shared.ts";

/** How members earn with a partner and pay there, what it owes for the one and is owed for the other. */
export const PartnerTerms = z
  .object({
    /** So many points for each full amount of so much. */
    points: z.int().min(1).max(1000),
    perMinorUnits: z.int().min(1).max(1_000_000),
    currency: z.string().regex(/^[A-Z]{3}$/),
    /** What the partner owes for a hundred points, in minor units. */
    charge: z.int().min(0).max(1_000_000),
    /** Points that one purchase gives at most. */
    most: z.int().min(1).max(1_000_000),
    /** Whether points earned there count for tiers. */
    countsForTiers: z.boolean().default(false),
    /** Where points pay there: what a hundred of them pay, in minor units, and how many a member uses there on a day at most. */
    burn: z
      .object({ pays: z.int().min(1).max(1_000_000), most: z.int().min(1).max(1_000_000) })
      .nullable()
      .default(null),
  })
  .meta({ id: "PartnerTerms" });

/** Another firm with whom members earn points. */
export const LoyaltyPartner = z
  .object({
    id: Uuid,
    name: z.string(),
    entityId: Uuid,
    entityName: z.string(),
    endedAt: Instant.nullable(),
    /** The newest first: what holds now, and what held before. */
    terms: z.array(PartnerTerms.extend({ version: z.int(), validFrom: Instant })),
    /** Points that members earned with it, less what returns took. */
    points: z.int(),
    /** Points that paid there, less what went back. */
    pointsUsed: z.int(),
    /** What it owes now; below zero, what it is owed. */
    due: Money,
  })
  .meta({ id: "LoyaltyPartner" });

const PartnerKey = z.object({
  partner: LoyaltyPartner,
  /** Shown once: only its hash is kept. */
  key: z.string(),
});

/** Purchases of a partner's customers, as its system sends them or its file holds them. */
export const PartnerPurchase = z.object({
  /** The partner's own: the same again is the same purchase. */
  reference: z.string().trim().min(1).max(80),
  /** The member's card number, or what the QR of their card shows. */
  card: z.string().trim().min(16).max(2000),
  /** What was paid, in minor units of the currency of the terms. */
  amount: z.int().min(0).max(100_000_000),
});

/** What became of each: `earned` now, `known` from before, or `refused` with the reason. */
const PurchaseOutcome = z.object({
  reference: z.string(),
  outcome: z.enum(["earned", "known", "refused"]),
  points: z.int(),
  because: z.enum(["card_unknown", "differs"]).nullable(),
});
export const PartnerOutcomes = z.object({ items: z.array(PurchaseOutcome) }).meta({ id: "PartnerOutcomes" });

const Purchases = z.object({ items: z.array(PartnerPurchase).min(1).max(500) });
const PurchaseReturn = z.object({
  reference: z.string().trim().min(1).max(80),
  /** What stays of what was paid, in minor units: 0 when all of it came back. */
  leftAmount: z.int().min(0).max(100_000_000),
});
const PointsPayment = z.object({
  /** The partner's own: the same again is the same payment. */
  reference: z.string().trim().min(1).max(80),
  /** What the QR of the member's card shows now; a card number pays nothing. */
  card: z.string().trim().min(16).max(2000),
  points: z.int().min(1).max(1_000_000),
});
const PaymentReturn = z.object({
  reference: z.string().trim().min(1).max(80),
  /** Points that stay paid: 0 when all of them go back. */
  leftPoints: z.int().min(0).max(1_000_000),
});
/** What stays paid: the points, and what they pay at the partner. */
export const PartnerPayment = z.object({ reference: z.string(), points: z.int(), amount: Money }).meta({ id: "PartnerPayment" });
const ReturnOutcome = z.object({ reference: z.string(), points: z.int(), taken: z.int() });

/** In minor units: what the partner paid; below zero, what it was paid for what points paid there. */
const SettledAmount = z
  .int()
  .min(-1_000_000_000)
  .max(1_000_000_000)
  .refine((amount) => amount !== 0);

/** A month of a partner: what was open, what came to it, what was paid, and what is open at its end. */
export const PartnerStatement = z
  .object({
    partnerId: Uuid,
    /** `2026-03`. */
    month: z.string(),
    currency: z.string(),
    opening: z.int(),
    purchases: z.int(),
    points: z.int(),
    charged: z.int(),
    pointsTaken: z.int(),
    credited: z.int(),
    /** Points that paid there, less what went back, and the money for which they did. */
    pointsUsed: z.int(),
    redeemed: z.int(),
    /** Settled: what the partner paid, less what it was paid. */
    paid: z.int(),
    closing: z.int(),
    /** By day, the latest first. */
    payments: z.array(z.object({ id: Uuid, day: LocalDate, amount: Money, note: z.string().nullable() })),
  })
  .meta({ id: "PartnerStatement" });

/** Partners of the program: who they are, what members earn with them, and what they owe. */
export const loyaltyPartnerEndpoints = {
  "loyalty.partners": {
    summary: "Partners of the program with their terms, and what each owes",
    tag: "loyalty",
    response: z.object({ items: z.array(LoyaltyPartner) }),
    status: 200,
  },
  "loyalty.addPartner": {
    summary: "Let members earn with another firm. The key for its system is shown once",
    tag: "loyalty",
    body: z.object({ name: z.string().trim().min(1).max(80), entityId: Uuid, terms: PartnerTerms }),
    response: PartnerKey,
    status: 201,
  },
  "loyalty.setPartnerTerms": {
    summary: "How members earn with a partner from now on: a new version; earlier purchases keep theirs. The currency stays",
    tag: "loyalty",
    params: IdParams,
    body: z.object({
      /** The version that the caller saw. */
      version: z.int().min(1),
      terms: PartnerTerms,
    }),
    response: LoyaltyPartner,
    status: 201,
  },
  "loyalty.renewPartnerKey": {
    summary: "Another key for a partner; the one before it ends at once",
    tag: "loyalty",
    params: IdParams,
    response: PartnerKey,
    status: 201,
  },
  "loyalty.endPartner": {
    summary: "End a partner now; what was earned with it stays, and what it owes",
    tag: "loyalty",
    params: IdParams,
    response: LoyaltyPartner,
    status: 200,
  },
  "loyalty.importPartnerPurchases": {
    summary: "Purchases from a partner's file: each gives its points once, however often it is sent",
    tag: "loyalty",
    params: IdParams,
    body: Purchases,
    response: PartnerOutcomes,
    status: 200,
  },
  "loyalty.partnerStatement": {
    summary: "A month of a partner: points, what is charged for them, what was paid, and what is open",
    tag: "loyalty",
    params: IdParams,
    query: z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }),
    response: PartnerStatement,
    status: 200,
  },
  "loyalty.bookPartnerPayment": {
    summary: "Note that a partner paid, or was paid (below zero). `id` is made by the caller: sent again, it is the same payment",
    tag: "loyalty",
    params: IdParams,
    body: z.object({ id: Uuid, amount: SettledAmount, note: z.string().trim().max(200).nullable().default(null) }),
    response: LoyaltyPartner,
    status: 201,
  },
  "partner.earn": {
    summary: "Purchases of members, sent by a partner's system with its key (`Authorization: Bearer`). Each gives its points once",
    tag: "loyalty",
    body: Purchases,
    response: PartnerOutcomes,
    status: 200,
  },
  "partner.pay": {
    summary: "Points of a member pay at a partner, by what their phone shows now. All or nothing, each reference once",
    tag: "loyalty",
    body: PointsPayment,
    response: PartnerPayment,
    status: 200,
  },
  "partner.giveBack": {
    summary: "What points paid at a partner goes back, in part or whole, to the points that they were. Sent again, nothing more goes back",
    tag: "loyalty",
    body: PaymentReturn,
    response: PartnerPayment,
    status: 200,
  },
  "partner.takeBack": {
    summary: "A purchase at a partner came back, in part or whole: its points go by what stays. Sent again, nothing more is taken",
    tag: "loyalty",
    body: PurchaseReturn,
    response: ReturnOutcome,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
