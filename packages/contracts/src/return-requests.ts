import { z } from "zod";
import { Disposition, ReturnReason } from "./returns.ts";
import {
  Because,
  ChannelKind,
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

export const REQUEST_STATES = ["requested", "received", "inspected", "refunded", "refused", "canceled"] as const;
/** `inspected`: taken, and its money is on the way; `refunded`: all of it went back. */
export const RequestState = z.enum(REQUEST_STATES);

export const RETURN_WAYS = ["store", "parcel"] as const;
export const ReturnWay = z.enum(RETURN_WAYS);

/** What the customer would like for what comes back. An exchange is made at a till. */
export const ReturnWish = z.enum(["money", "exchange"]);

const RequestedUnits = z.object({ orderLineId: Uuid, quantity: z.int().positive().max(1_000_000), reason: ReturnReason });

/** What a customer announced that they bring or send back, and what became of it. */
export const ReturnRequest = z
  .object({
    id: Uuid,
    number: z.string(),
    orderId: Uuid,
    orderNumber: z.string(),
    state: RequestState,
    way: ReturnWay,
    wish: ReturnWish,
    /** What is shown at a counter or lies in the parcel; only its customer and who works on it see it. */
    code: z.string().nullable(),
    /** Where it is sent to, or was received; null for any store. */
    placeId: Uuid.nullable(),
    placeName: z.string().nullable(),
    channelKind: ChannelKind,
    customerId: Uuid.nullable(),
    customerName: z.string().nullable(),
    requestedAt: Instant,
    timeZone: z.string(),
    /** Whether the house pays for the way back of a parcel. */
    isParcelFree: z.boolean(),
    lines: z.array(
      z.object({
        orderLineId: Uuid,
        name: LocalizedText,
        options: z.array(LocalizedText),
        quantity: z.int(),
        reason: ReturnReason,
        /** Units that were taken at the inspection; null before it. */
        accepted: z.int().nullable(),
        disposition: Disposition.nullable(),
        /** Whether it can go back on the shelf. */
        isRestockable: z.boolean(),
      }),
    ),
    steps: z.array(
      z.object({
        state: z.enum(["requested", "received", "inspected", "refused", "canceled"]),
        at: Instant,
        staffName: z.string().nullable(),
        placeName: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    /** The return that it became. */
    returnId: Uuid.nullable(),
    returnNumber: z.string().nullable(),
    refunded: Money.nullable(),
    version: z.int(),
  })
  .meta({ id: "ReturnRequest" });

/** What of an order its customer may announce to bring or send back, why not, and what they have announced. */
export const OrderReturns = z
  .object({
    orderId: Uuid,
    /** Rises with every change of what is said here. */
    version: z.int(),
    /** Why nothing can come back; null when something can. */
    closed: Because.nullable(),
    /** The last day. */
    until: LocalDate.nullable(),
    /** Whether it may be sent. */
    mayParcel: z.boolean(),
    isParcelFree: z.boolean(),
    lines: z.array(
      z.object({
        orderLineId: Uuid,
        name: LocalizedText,
        options: z.array(LocalizedText),
        /** Units that may be announced: handed over, not returned, and not announced already. */
        returnable: z.int(),
        isFaultyOnly: z.boolean(),
      }),
    ),
    requests: z.array(ReturnRequest),
  })
  .meta({ id: "OrderReturns" });

export const returnRequestEndpoints = {
  "returns.ofOrder": {
    summary: "What of an order can be announced to come back, until when, why not, and what was announced",
    tag: "returns",
    params: IdParams,
    response: OrderReturns,
    status: 200,
  },
  "returns.request": {
    summary: "Announce that goods of an order are brought to a store or sent back; answers the code that is shown or lies in the parcel",
    tag: "returns",
    params: IdParams,
    body: z.object({ way: ReturnWay, wish: ReturnWish.default("money"), lines: z.array(RequestedUnits).min(1).max(200) }),
    response: ReturnRequest,
    status: 201,
    idempotencyKey: "required",
  },
  "returns.requests": {
    summary: "What was announced to come back, the newest first; open ones when no state is asked for",
    tag: "returns",
    query: z.object({
      ...PageQuery,
      state: z.enum(["open", "requested", "received", "accepted", "refused", "canceled"]).default("open"),
      placeId: Uuid.optional(),
      channelKind: ChannelKind.optional(),
      way: ReturnWay.optional(),
    }),
    response: pageOf(ReturnRequest),
    status: 200,
  },
  "returns.readRequest": {
    summary: "One announced return",
    tag: "returns",
    params: IdParams,
    response: ReturnRequest,
    status: 200,
  },
  "returns.openRequest": {
    summary: "The announced return of a code that is shown or lies in a parcel; its order may be opened by who asks, for half an hour",
    tag: "returns",
    body: z.object({ code: z.string().min(8).max(40) }),
    response: ReturnRequest,
    status: 200,
  },
  "returns.cancelRequest": {
    summary: "Take an announcement back, as long as nothing was received",
    tag: "returns",
    params: IdParams,
    response: ReturnRequest,
    status: 200,
  },
  "returns.receiveRequest": {
    summary: "The goods of an announced return are there, at a place",
    tag: "returns",
    params: IdParams,
    body: z.object({ placeId: Uuid }),
    response: ReturnRequest,
    status: 200,
  },
  "returns.inspectRequest": {
    summary:
      "Decide about what was received: units that are taken, with what becomes of them, and why the others are not. Stock, money and points move in one transaction",
    tag: "returns",
    params: IdParams,
    body: z.object({
      lines: z
        .array(z.object({ orderLineId: Uuid, accepted: z.int().min(0).max(1_000_000), disposition: Disposition }))
        .min(1)
        .max(200),
      /** Needed when not everything is taken; its customer reads it. */
      reason: z.string().trim().min(1).max(300).optional(),
    }),
    response: ReturnRequest,
    status: 200,
    idempotencyKey: "required",
  },
  "returns.slip": {
    summary: "The slip for the parcel of an announced return, as PDF: where it goes, what is in it, and its code",
    tag: "returns",
    params: IdParams,
    response: z.string(),
    status: 200,
    raw: true,
  },
} satisfies Record<string, Endpoint>;
