import { z } from "zod";
import { CustomerParams, IdParams, Instant, LocalDate, LocalizedText, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";
import { TraceCode } from "./trace.ts";

const Words = LocalizedText.refine(({ en }) => en.trim() !== "", "needs words in English").refine(
  (text) => Object.values(text).every((words) => (words ?? "").length <= 300),
  "at most 300 characters",
);
const Codes = z.array(TraceCode).max(200).default([]);

/** What of a product is called back, as tills keep it: some batches and serial numbers, or all of it where neither is named. */
export const StandingRecall = z
  .object({
    id: Uuid,
    productId: Uuid,
    /** Null: all variants. */
    variantId: Uuid.nullable(),
    batches: z.array(z.string()),
    serials: z.array(z.string()),
    reason: LocalizedText,
  })
  .meta({ id: "StandingRecall" });

export const Recall = StandingRecall.extend({
  name: LocalizedText,
  /** What buyers are told to do, beside not to use it. */
  advice: LocalizedText.nullable(),
  /** Only what was sold from this business date on is meant. */
  soldFrom: LocalDate.nullable(),
  announcedAt: Instant,
  announcedBy: z.string().nullable(),
  /** Since when its buyers are written to; null: not yet. */
  tellingSince: Instant.nullable(),
  liftedAt: Instant.nullable(),
}).meta({ id: "Recall" });

export const RECALL_OUTCOMES = ["queued", "sent", "failed", "no_address", "left_alone"] as const;

/** A recall with how many of it were sold where, and how many of their buyers were reached. */
export const RecallFigures = Recall.extend({
  /** Units that were sold and did not come back, grams where it is weighed. */
  sold: z.int(),
  unit: z.enum(["piece", "gram"]),
  places: z.array(z.object({ placeId: Uuid.nullable(), name: z.string().nullable(), sold: z.int() })),
  /** Purchases whose buyer is known by a record or left an address, and those of which nobody knows whose they were. */
  purchases: z.object({ known: z.int(), unknown: z.int() }),
  told: z.object({ queued: z.int(), sent: z.int(), failed: z.int(), noAddress: z.int(), leftAlone: z.int() }),
}).meta({ id: "RecallFigures" });

export const RecalledSale = z
  .object({
    orderId: Uuid,
    orderNumber: z.string(),
    at: Instant,
    placeName: z.string().nullable(),
    quantity: z.int(),
    returned: z.int(),
    unit: z.enum(["piece", "gram"]),
    batch: z.string().nullable(),
    serial: z.string().nullable(),
    customer: z.object({ id: Uuid, name: z.string().nullable() }).nullable(),
    /** What became of the message to its buyer; null: none was written, because nobody is known or it was not asked for yet. */
    told: z.enum(RECALL_OUTCOMES).nullable(),
  })
  .meta({ id: "RecalledSale" });

/** Something that a customer has and that is called back. */
export const RecalledPurchase = z
  .object({
    recallId: Uuid,
    orderId: Uuid,
    orderNumber: z.string(),
    at: Instant,
    name: LocalizedText,
    batch: z.string().nullable(),
    serial: z.string().nullable(),
    reason: LocalizedText,
  })
  .meta({ id: "RecalledPurchase" });

export const recallsEndpoints = {
  "recalls.list": {
    summary: "What was called back, the newest first",
    tag: "recalls",
    query: z.object({ ...PageQuery, standing: z.stringbool().optional() }),
    response: pageOf(Recall).meta({ id: "RecallPage" }),
    status: 200,
  },
  "recalls.announce": {
    summary:
      "Call goods back: tills refuse them from now on, at once and by their own copy, and stores are asked to take them off the shelf. A recall of all of a product also keeps every other channel from selling it",
    tag: "recalls",
    body: z
      .object({
        productId: Uuid,
        variantId: Uuid.nullable().default(null),
        batches: Codes,
        serials: Codes,
        reason: Words,
        advice: Words.nullable().default(null),
        soldFrom: LocalDate.nullable().default(null),
      })
      .refine(({ batches, serials, soldFrom }) => batches.length + serials.length > 0 || soldFrom !== null, {
        error: "a recall of everything says since when it was sold",
        path: ["soldFrom"],
      }),
    response: Recall,
    status: 201,
  },
  "recalls.read": {
    summary: "A recall with how many were sold where, and how many buyers were reached",
    tag: "recalls",
    params: IdParams,
    response: RecallFigures,
    status: 200,
  },
  "recalls.sales": {
    summary: "Purchases of what is called back, with their buyers as far as they are known, the newest first",
    tag: "recalls",
    params: IdParams,
    /** `unreached`: only those whose buyer could not be told: to be phoned, or written to by hand. */
    query: z.object({ ...PageQuery, unreached: z.stringbool().optional() }),
    response: pageOf(RecalledSale).meta({ id: "RecalledSalePage" }),
    status: 200,
  },
  "recalls.ofCustomer": {
    summary: "What a customer bought that is called back now and did not come back, the newest first: for whoever serves them",
    tag: "recalls",
    params: CustomerParams,
    response: z.object({ items: z.array(RecalledPurchase) }).meta({ id: "RecalledPurchases" }),
    status: 200,
  },
  "recalls.tell": {
    summary:
      "Write to everybody who bought it, once each, on the channel that they prefer; also to those whose purchases become known later",
    tag: "recalls",
    params: IdParams,
    response: Recall,
    status: 200,
  },
  "recalls.lift": {
    summary: "End a recall: it may be sold again, and what stores were asked to do is gone",
    tag: "recalls",
    params: IdParams,
    response: Recall,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
