import { z } from "zod";
import { IdParams, Instant, LocalizedText, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

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
    causeId: z.string(),
    state: z.enum(["open", "resolved"]),
  })
  .meta({ id: "StockConflict" });

export const stockEndpoints = {
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
    summary: "Set the safety stock of a variant at a place",
    tag: "stock",
    body: z.object({ placeId: Uuid, sku: z.string().max(64), safety: z.int().min(0).max(100000) }),
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
        }),
      ),
    }),
    status: 200,
  },
  "stock.resolveConflict": {
    summary:
      "Let another place serve one of these orders, cancel its line or all of it with everything given back, or wait for goods; the conflict ends when all that is promised can be served",
    tag: "stock",
    params: IdParams,
    body: z.discriminatedUnion("outcome", [
      z.object({ outcome: z.enum(["other_place", "cancel_line", "cancel_order"]), orderId: Uuid, note: z.string().min(3).max(300) }),
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
