import { z } from "zod";
import { BooleanQuery, IdParams, Instant, LocalizedText, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";
import { STOCK_DOCUMENT_KINDS, STOCK_DOCUMENT_STATES, WASTE_REASONS } from "./stock-words.ts";

/** Units of an order that lie at one place and are fetched at another one, which they were not sent to yet. */
export const StockAskedLine = z
  .object({
    orderLineId: Uuid,
    orderId: Uuid,
    sku: z.string(),
    name: LocalizedText,
    quantity: z.int(),
    fromPlaceId: Uuid,
    fromPlaceName: z.string(),
    placeId: Uuid,
    placeName: z.string(),
    /** The day on which they were promised to be there. */
    dueOn: z.iso.date(),
    askedAt: Instant,
  })
  .meta({ id: "StockAskedLine" });

const document = {
  id: Uuid,
  /** What people call it by. */
  number: z.int(),
  kind: z.enum(STOCK_DOCUMENT_KINDS),
  state: z.enum(STOCK_DOCUMENT_STATES),
  /** Where it happens; of a transfer, where the goods go. */
  placeId: Uuid,
  placeName: z.string(),
  fromPlaceId: Uuid.nullable(),
  fromPlaceName: z.string().nullable(),
  /** The firm that brought a delivery. */
  partner: z.string().nullable(),
  reason: z.enum(WASTE_REASONS).nullable(),
  note: z.string().nullable(),
  /** Of a transfer: the day on which it is expected. */
  expectedOn: z.iso.date().nullable(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
  doneAt: Instant.nullable(),
  doneBy: z.string().nullable(),
};

/** A delivery, waste, transfer or count in a list; `difference`: received - sent, or counted - on hand when it was counted. */
export const StockDocumentRow = z
  .object({ ...document, lines: z.int(), units: z.int(), difference: z.int().nullable() })
  .meta({ id: "StockDocumentRow" });

export const StockDocument = z
  .object({
    ...document,
    lines: z.array(
      z.object({
        variantId: Uuid,
        sku: z.string(),
        name: LocalizedText,
        /** Delivered, thrown away, sent or counted. */
        quantity: z.int(),
        /** Of a transfer: what arrived; null on the way. */
        received: z.int().nullable(),
        /** Of a count: what was on hand when it was counted. */
        startedFrom: z.int().nullable(),
        /** Of an open count: what is on hand now. Where it differs from `startedFrom` the line is to be counted again. */
        onHand: z.int().nullable(),
        booked: z.boolean(),
      }),
    ),
  })
  .meta({ id: "StockDocument" });

const Sku = z.string().min(1).max(64);
const Note = z.string().trim().min(1).max(300).nullable().default(null);
const units = (minimum: number, fewest = 1) =>
  z
    .array(z.object({ sku: Sku, quantity: z.int().min(minimum).max(100_000) }))
    .min(fewest)
    .max(500);

export const stockDocumentEndpoints = {
  "stock.documents": {
    summary: "Deliveries, waste, transfers and counts of places, newest first",
    tag: "stock",
    query: z.object({
      ...PageQuery,
      placeId: Uuid.optional(),
      kind: z.enum(STOCK_DOCUMENT_KINDS).optional(),
      open: BooleanQuery.optional(),
    }),
    response: pageOf(StockDocumentRow),
    status: 200,
  },
  "stock.document": {
    summary: "A delivery, waste, transfer or count with its lines",
    tag: "stock",
    params: IdParams,
    response: StockDocument,
    status: 200,
  },
  "stock.receiveDelivery": {
    summary: "Book a delivery with its lines",
    tag: "stock",
    body: z.object({ placeId: Uuid, partner: z.string().trim().min(1).max(120).nullable().default(null), note: Note, lines: units(1) }),
    response: StockDocument,
    status: 201,
    idempotencyKey: "required",
  },
  "stock.wasteGoods": {
    summary: "Book what is thrown away, with the reason. What was promised and is gone becomes a conflict",
    tag: "stock",
    body: z.object({ placeId: Uuid, reason: z.enum(WASTE_REASONS), note: Note, lines: units(1) }),
    response: StockDocument,
    status: 201,
    idempotencyKey: "required",
  },
  "stock.dispatchTransfer": {
    summary: "Send goods to another place, where they are incoming until they are received. What is promised to customers stays",
    tag: "stock",
    body: z.object({
      fromPlaceId: Uuid,
      placeId: Uuid,
      note: Note,
      expectedOn: z.iso.date().nullable().default(null).describe("the day on which it is there, on the calendar of that place"),
      lines: units(1),
    }),
    response: StockDocument,
    status: 201,
    idempotencyKey: "required",
  },
  "stock.receiveTransfer": {
    summary: "Receive a transfer: what is not named arrived as it was sent, a difference stays on the document",
    tag: "stock",
    params: IdParams,
    body: z.object({ lines: units(0, 0) }),
    response: StockDocument,
    status: 200,
    idempotencyKey: "required",
  },
  "stock.startCount": {
    summary: "Begin a count of a place",
    tag: "stock",
    body: z.object({ placeId: Uuid, note: Note }),
    response: StockDocument,
    status: 201,
    idempotencyKey: "required",
  },
  "stock.countLines": {
    summary: "Note figures that were counted, each beside what is on hand at this moment; counted again, the newer figure counts",
    tag: "stock",
    params: IdParams,
    body: z.object({ lines: units(0) }),
    response: StockDocument,
    status: 200,
  },
  "stock.postCount": {
    summary: "Book the lines of a count, or some of them; a line whose figure has moved since is left to be counted again",
    tag: "stock",
    params: IdParams,
    body: z.object({ skus: z.array(Sku).min(1).max(500).nullable().default(null) }),
    response: StockDocument,
    status: 200,
    idempotencyKey: "required",
  },
  "stock.discardDocument": {
    summary: "End a count without booking what is left of it, or take a transfer back that has not arrived",
    tag: "stock",
    params: IdParams,
    response: StockDocument,
    status: 200,
    idempotencyKey: "required",
  },
} satisfies Record<string, Endpoint>;

export const stockAskedEndpoints = {
  "stock.asked": {
    summary: "What orders have asked places for, to be fetched at other ones, and what was not sent yet; the earliest promise first",
    tag: "stock",
    query: z.object({ placeId: Uuid.optional() }),
    response: z.object({ items: z.array(StockAskedLine) }),
    status: 200,
  },
  "stock.sendAsked": {
    summary:
      "Send what orders have asked for to the place where it is fetched, as a transfer. The orders wait for it there from then on, and their customers are told of another day",
    tag: "stock",
    body: z.object({
      fromPlaceId: Uuid,
      placeId: Uuid,
      orderLineIds: z.array(Uuid).min(1).max(500).describe("what is not named stays asked for"),
      expectedOn: z.iso.date().nullable().default(null).describe("null: on the day that was promised"),
      note: Note,
    }),
    response: StockDocument,
    status: 201,
    idempotencyKey: "required",
  },
  "stock.declineAsked": {
    summary:
      "Say that a place does not send what orders have asked it for. What the place where it is fetched cannot serve by itself is a stock conflict there at once",
    tag: "stock",
    body: z.object({
      fromPlaceId: Uuid,
      placeId: Uuid,
      orderLineIds: z.array(Uuid).min(1).max(500).describe("what is not named stays asked for"),
      reason: z.string().trim().min(3).max(300),
    }),
    response: z.object({ units: z.int() }),
    status: 200,
    idempotencyKey: "required",
  },
} satisfies Record<string, Endpoint>;
