import { z } from "zod";
import { IdParams, Instant, LocalizedText, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";
import { stockAskedEndpoints, stockDocumentEndpoints } from "./stock-documents.ts";
import { AHEAD_KINDS } from "./stock-words.ts";

/** Units of a variant at a place. available = onHand - allocated - held - safety + expired holds, shown never below 0. */
export const StockLevel = z
  .object({
    variantId: Uuid,
    sku: z.string(),
    name: LocalizedText,
    placeId: Uuid,
    placeName: z.string(),
    onHand: z.int(),
    allocated: z.int(),
    held: z.int(),
    safety: z.int(),
    available: z.int(),
    /** On the way to the place. */
    incoming: z.int(),
    /** From how few available units on it is on the list of what runs out; null: the house's few. */
    lowAt: z.int().nullable(),
    /** On which terms it is sold before it is there; `waiting` units are promised so now. Null: it never was. */
    ahead: z
      .object({
        kind: z.enum(AHEAD_KINDS),
        /** Units that may wait at once; 0: sold ahead no more. */
        most: z.int(),
        waiting: z.int(),
        /** On the calendar of the place; or `inDays` after it was ordered. */
        comesOn: z.iso.date().nullable(),
        inDays: z.int().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "StockLevel" });

export const MOVEMENT_KINDS = ["receipt", "sale", "return", "transfer_in", "transfer_out", "count", "waste", "correction"] as const;

export const StockMovement = z
  .object({
    id: Uuid,
    at: Instant,
    kind: z.enum(MOVEMENT_KINDS),
    variantId: Uuid,
    placeId: Uuid,
    quantity: z.int(),
    causeType: z.string(),
    causeId: z.string(),
    actorName: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: "StockMovement" });

export const StockConflict = z
  .object({
    id: Uuid,
    at: Instant,
    variantId: Uuid,
    sku: z.string(),
    placeId: Uuid,
    missing: z.int(),
    causeType: z.string(),
    causeId: z.string().describe("declined: the place that does not send what was asked for"),
    reason: z.string().nullable().describe("why it was declined"),
    state: z.enum(["open", "resolved"]),
  })
  .meta({ id: "StockConflict" });

export const stockEndpoints = {
  ...stockDocumentEndpoints,
  ...stockAskedEndpoints,
  "stock.list": {
    summary: "Levels per place",
    tag: "stock",
    query: z.object({ ...PageQuery, placeId: Uuid.optional(), query: z.string().max(100).optional(), low: z.enum(["true"]).optional() }),
    response: pageOf(StockLevel),
    status: 200,
  },
  "stock.movements": {
    summary: "Movements of a variant at a place, newest first",
    tag: "stock",
    query: z.object({ ...PageQuery, placeId: Uuid.optional(), variantId: Uuid.optional() }),
    response: pageOf(StockMovement),
    status: 200,
  },
  "stock.move": {
    summary:
      "Book a receipt, waste, correction or count. A count names the figure it started from and is refused when it changed meanwhile",
    tag: "stock",
    body: z.discriminatedUnion("kind", [
      z.object({
        kind: z.enum(["receipt", "waste", "correction"]),
        placeId: Uuid,
        sku: z.string().max(64),
        quantity: z.int().min(-100000).max(100000),
        reason: z.string().min(1).max(300),
      }),
      z.object({
        kind: z.literal("count"),
        placeId: Uuid,
        sku: z.string().max(64),
        counted: z.int().min(0).max(1000000),
        changeFromQuantity: z.int32(),
        reason: z.string().min(1).max(300),
      }),
    ]),
    response: StockLevel,
    status: 201,
    idempotencyKey: "required",
  },
  "stock.setSafety": {
    summary: "Set the safety stock of a variant at a place, and from how few available units on it is to be filled up",
    tag: "stock",
    body: z.object({
      placeId: Uuid,
      sku: z.string().max(64),
      safety: z.int().min(0).max(100000),
      /** Null: the house's few. Left out, it stays as it is. */
      lowAt: z.int().min(0).max(100000).nullable().optional(),
    }),
    response: StockLevel,
    status: 200,
  },
  "stock.setAhead": {
    summary:
      "Sell a variant at a place before it is there: back-order or pre-order, up to so many units, until a day or in so many days. A new day is the day of all who wait",
    tag: "stock",
    body: z.object({
      placeId: Uuid,
      sku: z.string().max(64),
      kind: z.enum(AHEAD_KINDS),
      /** 0: sold ahead no more; who waits already goes on waiting. */
      most: z.int().min(0).max(100000),
      comesOn: z.iso.date().nullable().default(null),
      inDays: z.int().min(1).max(365).nullable().default(null),
    }),
    response: StockLevel,
    status: 200,
  },
  "stock.conflictOrders": {
    summary: "Which orders were promised the units that are missing, the weakest promise first",
    tag: "stock",
    params: IdParams,
    response: z.object({
      items: z.array(
        z.object({
          orderId: Uuid,
          number: z.string(),
          quantity: z.int(),
          placedAt: Instant,
          channelId: Uuid,
          /** Nobody has begun it: it can be canceled as a whole. */
          isCancelable: z.boolean(),
          /** How many of the missing units it can do without; 0 when it is packed already. */
          units: z.int(),
          /** The place that could serve them instead; null where none can. */
          otherPlaceId: Uuid.nullable(),
          otherPlaceName: z.string().nullable(),
          /** The day on which goods for them come to their own place; null where nobody can say. */
          comesOn: z.iso.date().nullable(),
        }),
      ),
    }),
    status: 200,
  },
  "stock.resolveConflict": {
    summary:
      "Let another place serve one of these orders, let it wait until the day on which goods come, cancel its line or all of it with everything given back, or wait for goods; the conflict ends when all that is promised can be served",
    tag: "stock",
    params: IdParams,
    body: z.discriminatedUnion("outcome", [
      z.object({ outcome: z.enum(["other_place", "cancel_line", "cancel_order"]), orderId: Uuid, note: z.string().min(3).max(300) }),
      z.object({
        outcome: z.literal("wait_until"),
        orderId: Uuid,
        /** `comesOn` as it was shown; another day is refused as `conflict.other_day`. */
        on: z.iso.date(),
        note: z.string().min(3).max(300),
      }),
      z.object({ outcome: z.literal("wait"), note: z.string().min(3).max(300) }),
    ]),
    response: z.object({ state: z.enum(["open", "resolved"]) }).meta({ id: "ConflictResolution" }),
    status: 200,
    idempotencyKey: "required",
  },
  "stock.conflicts": {
    summary: "Sales that took what was promised",
    tag: "stock",
    query: z.object({ ...PageQuery, state: z.enum(["open", "resolved"]).default("open") }),
    response: pageOf(StockConflict),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
