import { z } from "zod";
import { FulfillmentKind, TaxShare } from "./carts.ts";
import { CompanyAddress } from "./companies.ts";
import { DeliveryAddress } from "./promises.ts";
import { Fulfillment, RefusalReason } from "./fulfillments.ts";
import {
  Because,
  ChannelKind,
  CustomerParams,
  IdParams,
  Instant,
  LocalDate,
  Locale,
  LocalizedText,
  Money,
  PageQuery,
  UnitPrice,
  Uuid,
  pageOf,
  type Endpoint,
} from "./shared.ts";

export const OrderLine = z
  .object({
    id: Uuid,
    /** `delivery`: what shipping costs; it names no goods. */
    kind: z.enum(["goods", "delivery"]),
    variantId: Uuid.nullable(),
    sku: z.string(),
    name: LocalizedText,
    options: z.array(z.object({ group: z.string(), value: z.string(), name: LocalizedText })),
    unitPrice: UnitPrice,
    ordered: z.int(),
    canceled: z.int(),
    fulfilled: z.int(),
    returned: z.int(),
    discount: Money,
    total: Money,
    taxRate: z.string(),
    because: z.array(Because),
  })
  .meta({ id: "OrderLine" });

export const Tender = z
  .object({
    id: Uuid,
    kind: z.enum(["cash", "card", "due_at_collection", "imported"]),
    amount: Money,
    state: z.enum(["captured", "authorized", "due", "failed", "settled", "voided"]),
    at: Instant,
    detail: z.string().nullable(),
  })
  .meta({ id: "Tender" });

export const Order = z
  .object({
    id: Uuid,
    number: z.string(),
    /** What the system that an imported order came from called it: an invoice number. */
    sourceNumber: z.string().nullable(),
    cartId: Uuid.nullable(),
    mode: z.enum(["live", "recorded", "imported"]),
    state: z.enum(["placed", "closed", "canceled"]),
    paymentState: z.enum(["unpaid", "due_at_collection", "partly_paid", "paid", "refunded"]),
    fulfillmentState: z.enum(["none", "open", "ready", "fulfilled", "canceled"]),
    entityId: Uuid,
    placeId: Uuid.nullable(),
    placeName: z.string().nullable(),
    channelId: Uuid,
    channelKind: ChannelKind,
    customerId: Uuid.nullable(),
    customerName: z.string().nullable(),
    /** The company that it was placed for, as it was then; null for everybody's own. */
    company: z
      .object({ id: Uuid, name: z.string(), vatNumber: z.string().nullable(), country: z.string(), address: CompanyAddress.nullable() })
      .nullable(),
    placedAt: Instant,
    businessDate: LocalDate,
    timeZone: z.string(),
    currency: z.string(),
    lines: z.array(OrderLine),
    subtotal: Money,
    discount: Money,
    tax: Money,
    taxIncluded: z.boolean(),
    total: Money,
    taxes: z.array(TaxShare),
    paid: Money,
    due: Money,
    /** What canceled units were worth and is owed no more, while the rest of the order stands. */
    canceledAmount: Money,
    /** What went back, or is owed no more, for units that came back. */
    returnedAmount: Money,
    tenders: z.array(Tender),
    fulfillments: z.array(Fulfillment),
    pointsEarned: z.int(),
    /** Who helped: each step of the sale with its channel, place and person. */
    contributions: z.array(
      z.object({
        step: z.enum(["cart", "payment", "hand_over", "advice", "picking", "return"]),
        channelKind: ChannelKind,
        placeName: z.string().nullable(),
        staffName: z.string().nullable(),
        at: Instant,
      }),
    ),
    receipt: z.object({ number: z.string(), registerName: z.string() }).nullable(),
    version: z.int(),
  })
  .meta({ id: "Order" });

export const OrderSummary = z
  .object({
    id: Uuid,
    number: z.string(),
    sourceNumber: z.string().nullable(),
    mode: z.enum(["live", "recorded", "imported"]),
    state: z.enum(["placed", "closed", "canceled"]),
    paymentState: z.string(),
    fulfillmentState: z.string(),
    channelKind: ChannelKind,
    placeName: z.string().nullable(),
    customerId: Uuid.nullable(),
    customerName: z.string().nullable(),
    placedAt: Instant,
    /** Of the place, by whose clock it was placed. */
    timeZone: z.string(),
    total: Money,
    itemCount: z.int(),
    firstItems: z.array(LocalizedText),
  })
  .meta({ id: "OrderSummary" });

/** An invoice or credit note: numbered without gaps per legal entity, country, kind and year, and never changed. */
export const OrderDocument = z
  .object({
    id: Uuid,
    orderId: Uuid,
    kind: z.enum(["invoice", "credit_note"]),
    number: z.string(),
    /** The day on which it was issued, by the clock of the legal entity. */
    businessDate: LocalDate,
    issuedAt: Instant,
    language: Locale,
    /** Of a credit note: what is taken back, as a positive amount. */
    total: Money,
    tax: Money,
  })
  .meta({ id: "OrderDocument" });

export const ordersEndpoints = {
  "orders.list": {
    summary: "Orders, newest first",
    tag: "orders",
    query: z.object({
      ...PageQuery,
      query: z.string().max(100).optional(),
      placeId: Uuid.optional(),
      channelKind: ChannelKind.optional(),
      companyId: Uuid.optional(),
      state: z.enum(["placed", "closed", "canceled"]).optional(),
      from: LocalDate.optional(),
      to: LocalDate.optional(),
    }),
    response: pageOf(OrderSummary),
    status: 200,
  },
  "orders.read": { summary: "One order with lines, tenders, fulfillments", tag: "orders", params: IdParams, response: Order, status: 200 },
  "orders.ofCustomer": {
    summary: "The orders of a customer, newest first",
    tag: "orders",
    params: CustomerParams,
    query: z.object({ ...PageQuery }),
    response: pageOf(OrderSummary),
    status: 200,
  },
  "orders.documents": {
    summary:
      "The invoice and credit notes of an order, the oldest first; an invoice is there a moment after the order is paid or handed over",
    tag: "orders",
    params: IdParams,
    response: z.object({ items: z.array(OrderDocument) }).meta({ id: "OrderDocuments" }),
    status: 200,
  },
  "orders.confirmation": {
    summary: "The confirmation of an order as it was placed, as PDF, in the language `language` or that of the request. It is no invoice",
    tag: "orders",
    params: IdParams,
    query: z.object({ language: Locale.optional() }),
    response: z.string(),
    status: 200,
    raw: true,
  },
  "documents.pdf": {
    summary: "An invoice or credit note as PDF, in the language of its buyer; the same bytes each time",
    tag: "orders",
    params: IdParams,
    response: z.string(),
    status: 200,
    raw: true,
  },
  "orders.sendReceipt": {
    summary: "Send the receipt to an e-mail address",
    tag: "orders",
    params: IdParams,
    body: z.object({ email: z.email().max(254) }),
    response: z.object({ messageId: Uuid }),
    status: 202,
  },
} satisfies Record<string, Endpoint>;

/** How an order is paid. A card token of the sandbox provider says what it will do: `sandbox_approve`, `sandbox_decline`, `sandbox_time_out`, `sandbox_late_approve`. */
export const TenderInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("cash"), amount: z.int().min(0).optional(), received: z.int().min(0).optional() }),
  z.object({ kind: z.literal("card"), amount: z.int().min(0).optional(), token: z.string().min(1).max(200) }),
  z.object({ kind: z.literal("due_at_collection"), amount: z.int().min(0).optional() }),
]);
export type TenderInput = z.output<typeof TenderInput>;

export const CompletionBody = z.object({
  fulfillment: z.object({
    kind: FulfillmentKind,
    placeId: Uuid.optional(),
    dining: z.enum(["eat_in", "take_away"]).default("take_away"),
    dueAt: Instant.nullable().default(null),
  }),
  tenders: z.array(TenderInput).min(1).max(10),
  /** What the customer was shown; a difference is refused as `cart.total_changed`. */
  expectedTotal: Money,
  contact: z
    .object({
      email: z.email().max(254).optional(),
      phone: z.string().max(40).optional(),
      name: z.string().max(120).optional(),
      /** In which they are written to about this order, unless they are known to want another. */
      language: Locale.optional(),
    })
    .optional(),
});

/** What waits for a payment provider. */
const Pending = z.object({ state: z.literal("pending") }).meta({ id: "PendingPayment" });

export const checkoutEndpoints = {
  "checkout.complete": {
    summary: "The one gate from cart to order. 202 when the provider has not answered yet: ask again with the same key",
    tag: "checkout",
    params: IdParams,
    body: CompletionBody,
    response: Order,
    status: 201,
    pending: Pending,
    idempotencyKey: "required",
  },
  "checkout.cancel": {
    summary: "Cancel an order that is not in preparation: stock, points and money go back",
    tag: "checkout",
    params: IdParams,
    body: z.object({ reason: z.string().min(1).max(300) }),
    response: Order,
    status: 200,
    idempotencyKey: "required",
  },
} satisfies Record<string, Endpoint>;

export const fulfillmentEndpoints = {
  "fulfillments.list": {
    summary: "What a place has to prepare and hand over",
    tag: "fulfillment",
    query: z.object({
      ...PageQuery,
      placeId: Uuid,
      state: z
        .enum(["open", "ready", "under_way", "done"])
        .default("open")
        .describe("ready: waits at the counter, or packed for the carrier; under_way: left and not yet delivered"),
      kind: z.enum(["counter", "ship"]).optional().describe("what is handed over at the place, or what is shipped from it"),
      query: z.string().max(60).optional(),
    }),
    response: pageOf(Fulfillment),
    status: 200,
  },
  "fulfillments.accept": { summary: "The store takes it on", tag: "fulfillment", params: IdParams, response: Fulfillment, status: 200 },
  "fulfillments.prepare": { summary: "Preparation began", tag: "fulfillment", params: IdParams, response: Fulfillment, status: 200 },
  "fulfillments.ready": {
    summary: "Ready to be handed over; the customer is told",
    tag: "fulfillment",
    params: IdParams,
    body: z.object({ shelf: z.string().trim().min(1).max(40).optional() }).optional(),
    response: Fulfillment,
    status: 200,
  },
  "fulfillments.pack": {
    summary: "Packed: it waits for the carrier",
    tag: "fulfillment",
    params: IdParams,
    response: Fulfillment,
    status: 200,
  },
  "fulfillments.dispatch": {
    summary: "It left with the carrier: goods leave the stock, and the customer is told. Said again, further parcels are added",
    tag: "fulfillment",
    params: IdParams,
    body: z.object({
      parcels: z
        .array(
          z.object({
            carrier: z.string().trim().min(1).max(60),
            trackingNumber: z.string().trim().min(1).max(60),
            trackingUrl: z
              .url({ protocol: /^https$/ })
              .max(300)
              .nullable()
              .default(null),
          }),
        )
        .min(1)
        .max(20),
    }),
    response: Fulfillment,
    status: 200,
    idempotencyKey: "required",
  },
  "fulfillments.deliver": {
    summary: "The carrier has delivered it",
    tag: "fulfillment",
    params: IdParams,
    response: Fulfillment,
    status: 200,
  },
  "fulfillments.address": {
    summary: "Where a shipment goes, for those who pack it; the read is kept. Null when the person was erased",
    tag: "fulfillment",
    params: IdParams,
    response: z.object({ address: DeliveryAddress.nullable() }).meta({ id: "FulfillmentAddress" }),
    status: 200,
  },
  "customers.deliveryAddress": {
    summary: "Where the customer's last shipment went, to be offered again; null when nothing was shipped yet",
    tag: "fulfillment",
    params: CustomerParams,
    response: z.object({ address: DeliveryAddress.nullable() }).meta({ id: "RememberedAddress" }),
    status: 200,
  },
  "fulfillments.collect": {
    summary: "Hand over by code, taking what is due. 202 when the provider has not answered yet: ask again with the same key",
    tag: "fulfillment",
    params: IdParams,
    body: z.object({
      code: z.string().max(600).optional(),
      proof: z.enum(["code", "member_card", "order_number"]).default("code"),
      tenders: z.array(TenderInput).max(10).default([]),
    }),
    response: Fulfillment,
    status: 200,
    pending: Pending,
    idempotencyKey: "required",
  },
  "fulfillments.reject": {
    summary:
      "The store cannot serve units, all when none are named: another place near it serves them when one can, else they are canceled and their money goes back. What its customer does not want is only canceled",
    tag: "fulfillment",
    params: IdParams,
    body: z.object({
      reason: RefusalReason,
      lines: z
        .array(z.object({ orderLineId: Uuid, quantity: z.int().positive().max(100_000) }))
        .max(500)
        .default([]),
      /** False: canceled, also where another place could serve them. */
      elsewhere: z.boolean().default(true),
    }),
    response: Fulfillment,
    status: 200,
    idempotencyKey: "required",
  },
  "fulfillments.takeBackReady": {
    summary: "Ready was pressed too early: in preparation again, and a customer who was told hears of it",
    tag: "fulfillment",
    params: IdParams,
    response: Fulfillment,
    status: 200,
  },
  "fulfillments.extend": {
    summary: "Let its customer fetch it for another collection window",
    tag: "fulfillment",
    params: IdParams,
    response: Fulfillment,
    status: 200,
  },
  "fulfillments.giveUp": {
    summary:
      "Nobody fetched it within its time: goods go back on the shelf and are paid back; what was made for the customer only when `refund` says all",
    tag: "fulfillment",
    params: IdParams,
    body: z.object({ reason: z.string().trim().min(1).max(300), refund: z.enum(["shelf_goods", "all"]).default("shelf_goods") }),
    response: Fulfillment,
    status: 200,
    idempotencyKey: "required",
  },
  "fulfillments.byCode": {
    summary: "Find what a scanned collection code opens at this place, or what waits there for the customer of a member card",
    tag: "fulfillment",
    params: z.object({ code: z.string().max(600) }),
    response: Fulfillment,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
