import { z } from "zod";
import { LineDeposit, TaxShare } from "./carts.ts";
import { CompanyAddress } from "./companies.ts";
import { DeliveryAddress } from "./promises.ts";
import { Fulfillment } from "./fulfillments.ts";
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
import { Trace } from "./trace.ts";

export const OrderLine = z
  .object({
    id: Uuid,
    /** `delivery`: what shipping costs; it names no goods. */
    kind: z.enum(["goods", "delivery"]),
    /** It sold gift cards: `orders.giftCards` has them. */
    isGiftCard: z.boolean(),
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
    /** What the line cost, tax and deposit in. */
    total: Money,
    /** What of the total is a deposit on its packaging. */
    deposit: LineDeposit.nullable(),
    taxRate: z.string(),
    because: z.array(Because),
    /** What was said about it when it was ordered; left out where nothing was. */
    note: z.string().optional(),
    /** Its weight was typed in at the till and not taken from a scale. */
    isTyped: z.literal(true).optional(),
    /** What its code said when it was sold; left out where no code was read. */
    trace: Trace.optional(),
  })
  .meta({ id: "OrderLine" });

export const Tender = z
  .object({
    id: Uuid,
    kind: z.enum(["cash", "card", "due_at_collection", "imported", "store_credit", "gift_card", "points", "account"]),
    amount: Money,
    state: z.enum(["captured", "authorized", "due", "failed", "settled", "voided"]),
    at: Instant,
    detail: z.string().nullable(),
    /** Given to the staff on top of the amount; left out where nothing was. */
    tip: Money.optional(),
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
    paymentState: z.enum(["unpaid", "due_at_collection", "authorized", "on_account", "partly_paid", "paid", "refunded"]),
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
    /** Deposits on packaging as they were charged, tax in; null where nothing carried one. */
    deposit: Money.nullable(),
    tax: Money,
    taxIncluded: z.boolean(),
    total: Money,
    taxes: z.array(TaxShare),
    paid: Money,
    due: Money,
    /** What the company that it was placed for owes: on its invoice of the month, and not paid yet. */
    onAccount: Money,
    /** What a card has agreed to and what is charged when the goods are handed over or leave. */
    authorized: Money,
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
    /** What was said about the whole; left out where nothing was. */
    note: z.string().optional(),
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
    /** Null for the invoice over a month of a company. */
    orderId: Uuid.nullable(),
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
  "orders.askInvoice": {
    summary:
      "Ask for the invoice of a sale that has a receipt, with a name and an address. It is among the documents of the order a moment later; asked again it is the same one",
    tag: "orders",
    params: IdParams,
    body: z.object({
      name: z.string().trim().min(1).max(120),
      address: DeliveryAddress.omit({ name: true }),
      /** Of a business: its name stays on the document for good. */
      vatNumber: z.string().trim().min(1).max(20).optional(),
      /** Left out: the language of the place. */
      language: Locale.optional(),
    }),
    response: null,
    status: 204,
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
