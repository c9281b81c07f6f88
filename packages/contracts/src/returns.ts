import { z } from "zod";
import {
  Because,
  ChannelKind,
  IdParams,
  Instant,
  LocalDate,
  LocalizedText,
  Money,
  PageQuery,
  UnitPrice,
  Uuid,
  pageOf,
  type Endpoint,
} from "./shared.ts";
import { Trace } from "./trace.ts";

export const RETURN_REASONS = ["changed_mind", "defective", "wrong_item", "not_as_described", "other"] as const;
/** Why goods come back. */
export const ReturnReason = z.enum(RETURN_REASONS);
export type ReturnReason = z.infer<typeof ReturnReason>;

export const DISPOSITIONS = ["restock", "quarantine", "write_off"] as const;
/** What becomes of units that came back: on the shelf of the place that took them, set aside until somebody decides, or lost. */
export const Disposition = z.enum(DISPOSITIONS);
export type Disposition = z.infer<typeof Disposition>;

/** Units of one line of an order. The same line may stand twice, for units that fare differently. */
export const ReturnedUnits = z.object({
  orderLineId: Uuid,
  /** In the unit of the line. */
  quantity: z.int().positive().max(1_000_000),
  reason: ReturnReason,
  disposition: Disposition,
});

/** To which kind of tender money goes back. Of `due_at_collection` it is not asked for any more. */
const RefundPart = z.object({
  /** `exchange`: it paid for what went out in the same act. */
  kind: z.enum(["cash", "card", "due_at_collection", "imported", "store_credit", "gift_card", "points", "account", "exchange"]),
  amount: Money,
});

const ReturnedLine = z.object({
  /** Null for a line that another system kept. */
  orderLineId: Uuid.nullable(),
  kind: z.enum(["goods", "delivery"]),
  sku: z.string(),
  name: LocalizedText,
  options: z.array(LocalizedText),
  quantity: z.int(),
  unit: z.enum(["piece", "gram"]),
  unitPrice: UnitPrice,
  total: Money,
  reason: z.string().nullable(),
  disposition: Disposition.nullable(),
});

/** What came back: at a counter of ours, or as the system said that it was imported from. */
export const Return = z
  .object({
    id: Uuid,
    mode: z.enum(["live", "imported"]),
    /** Ours, `R-1001`; an imported one has its source's. */
    number: z.string().nullable(),
    sourceNumber: z.string().nullable(),
    /** The order that it belongs to; of an imported one only when the source says so. */
    orderId: Uuid.nullable(),
    orderNumber: z.string().nullable(),
    channelKind: ChannelKind,
    /** Where it came back. */
    placeId: Uuid.nullable(),
    placeName: z.string().nullable(),
    customerId: Uuid.nullable(),
    customerName: z.string().nullable(),
    returnedAt: Instant,
    businessDate: LocalDate,
    timeZone: z.string(),
    lines: z.array(ReturnedLine),
    /** What went back, or is owed no more, tax in it. */
    total: Money,
    tax: Money,
    refunds: z.array(RefundPart),
    /** Points of the order that were taken back, and used ones that were given back. */
    pointsTaken: z.int(),
    pointsGiven: z.int(),
    /** Of the ticket that the register gave. */
    receiptNumber: z.string().nullable(),
    staffName: z.string().nullable(),
    /** The order that it was exchanged for. */
    exchangeOrderId: Uuid.nullable(),
    /** Nobody showed where the goods were bought: no order is known, and their worth became store credit. */
    isUnproven: z.boolean(),
  })
  .meta({ id: "Return" });

/** Where money goes back: to where it came from, or to store credit. What came off a gift card goes back on it either way. */
export const RefundTarget = z.enum(["tender", "store_credit"]);

/** What of an order can come back at a place now, and what would go back for it. */
export const ReturnOffer = z
  .object({
    orderId: Uuid,
    orderNumber: z.string(),
    customerName: z.string().nullable(),
    placedAt: Instant,
    timeZone: z.string(),
    /** Where it was placed. */
    channelKind: ChannelKind,
    placeName: z.string().nullable(),
    /** Why nothing can come back here; null when something can. */
    closed: Because.nullable(),
    /** The last day. */
    until: LocalDate.nullable(),
    /** Where the money may go back from here, the usual first. */
    refundTargets: z.array(RefundTarget),
    lines: z.array(
      z.object({
        orderLineId: Uuid,
        sku: z.string(),
        name: LocalizedText,
        options: z.array(LocalizedText),
        unit: z.enum(["piece", "gram"]),
        sold: z.int(),
        returned: z.int(),
        /** Units that may come back: handed over, and not returned yet. */
        returnable: z.int(),
        /** Whether it can go back on the shelf: what was made to order cannot. */
        isRestockable: z.boolean(),
        /** Whether it comes back only when something is wrong with it. */
        isFaultyOnly: z.boolean(),
        /** What its code said when it was sold. */
        trace: Trace.optional(),
        /** It is called back: it comes back, and does not go on the shelf. */
        isCalledBack: z.literal(true).optional(),
        total: Money,
      }),
    ),
    /** For the units that were asked about; null when none were. */
    refund: z
      .object({
        total: Money,
        tax: Money,
        /** What of it is the charge for shipping, which goes back with the last of the goods. */
        delivery: Money,
        parts: z.array(RefundPart),
        pointsTaken: z.int(),
        pointsGiven: z.int(),
      })
      .nullable(),
    returns: z.array(Return),
  })
  .meta({ id: "ReturnOffer" });

/** By which rules goods that a store sells come back, the same on every channel. */
export const ReturnTerms = z
  .object({
    /** Days after the purchase at a counter; 0 is the day itself. */
    days: z.int(),
    /** Days after the receipt of what was bought from afar. */
    daysFromAfar: z.int(),
    /** Whether the goods asked about come back only when something is wrong with them. */
    isFaultyOnly: z.boolean(),
  })
  .meta({ id: "ReturnTerms" });

export const returnsEndpoints = {
  "returns.terms": {
    summary:
      "By which rules what a store sells comes back; with `sku`, whether these goods come back only when something is wrong with them",
    tag: "returns",
    query: z.object({ storeId: Uuid.optional(), sku: z.string().max(64).optional() }),
    response: ReturnTerms,
    status: 200,
  },
  "returns.list": {
    summary: "What came back, newest first; `query` is the beginning of our number or the source's",
    tag: "returns",
    query: z.object({
      ...PageQuery,
      query: z.string().max(100).optional(),
      customerId: Uuid.optional(),
      orderId: Uuid.optional(),
      placeId: Uuid.optional(),
      channelKind: ChannelKind.optional(),
    }),
    response: pageOf(Return),
    status: 200,
  },
  "returns.read": {
    summary: "One return with its lines and what went back",
    tag: "returns",
    params: IdParams,
    response: Return,
    status: 200,
  },
  "returns.offer": {
    summary: "What of an order can come back at a place now, why not, and what would go back for some units of it",
    tag: "returns",
    params: IdParams,
    query: z.object({
      placeId: Uuid,
      units: z
        .string()
        .max(8000)
        .regex(/^[0-9a-f-]{36}:[1-9]\d{0,6}(,[0-9a-f-]{36}:[1-9]\d{0,6})*$/)
        .optional()
        .describe("`<line id>:<quantity>`, separated by commas"),
      requestId: Uuid.optional().describe("what was announced of it: judged by the day on which it was"),
      refundTo: RefundTarget.optional().describe("absent: where it usually goes from here"),
    }),
    response: ReturnOffer,
    status: 200,
  },
  "returns.take": {
    summary:
      "Take goods of an order back at a place without a drawer: stock, points and money in one transaction. What was paid in cash goes back at a till",
    tag: "returns",
    params: IdParams,
    body: z.object({ placeId: Uuid, lines: z.array(ReturnedUnits).min(1).max(200), refundTo: RefundTarget.optional() }),
    response: Return,
    status: 201,
    idempotencyKey: "required",
  },
} satisfies Record<string, Endpoint>;
