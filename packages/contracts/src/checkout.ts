import { z } from "zod";
import { FulfillmentKind } from "./carts.ts";
import { CollectedUnits, CollectionDay, Fulfillment, RefusalReason } from "./fulfillments.ts";
import { DeliveryAddress, SlotId } from "./promises.ts";
import { CustomerParams, IdParams, Instant, Locale, Money, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";
import { Order } from "./orders.ts";

/** A path of the house, which a payer comes back to. */
export const ReturnPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\x21-\x7e]*$/);

/** What a customer gives the staff on top of what they pay, in minor units: at a counter, when the goods are handed over, where the place takes tips. */
const Tip = z.int().min(1).max(100_000).optional().describe("given to the staff on top of the amount: no part of the order's total");

/** How an order is paid. A card token of the sandbox provider says what it will do: `sandbox_approve`, `sandbox_decline`, `sandbox_time_out`, `sandbox_late_approve`, `sandbox_3ds`, `sandbox_refund_fails`, `sandbox_dispute` (taken back at its bank a moment later), `sandbox_authorize` (charged when the goods are handed over or leave), `sandbox_authorize_short` (the same, for two seconds only). */
export const TenderInput = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("cash"),
    amount: z.int().min(0).optional(),
    received: z.int().min(0).optional(),
    rounding: z.int().min(-50).max(50).optional().describe("what the rounding of cash at the place adds to the amount, or takes off it"),
    tip: Tip,
  }),
  z.object({ kind: z.literal("card"), amount: z.int().min(0).optional(), token: z.string().min(1).max(200), tip: Tip }),
  z.object({ kind: z.literal("due_at_collection"), amount: z.int().min(0).optional() }),
  z.object({ kind: z.literal("store_credit"), amount: z.int().min(0).optional() }),
  z.object({
    kind: z.literal("points").describe("points of the buyer, as many as the program takes for the amount"),
    amount: z.int().min(0).optional(),
  }),
  z.object({
    kind: z
      .literal("account")
      .describe("owed by the company that it is bought for, which pays by the invoice of the month; pays an order alone"),
    amount: z.int().min(0).optional(),
  }),
  z.object({
    kind: z.literal("gift_card"),
    amount: z.int().min(0).optional(),
    code: z.string().max(60).optional(),
    cardId: Uuid.optional().describe("instead of the code, by staff who looked it up: what a till keeps of a sale holds no code"),
  }),
]);
export type TenderInput = z.output<typeof TenderInput>;

export const CompletionBody = z.object({
  fulfillment: z
    .object({
      kind: FulfillmentKind,
      placeId: Uuid.optional(),
      dining: z.enum(["eat_in", "take_away"]).default("take_away"),
      dueAt: Instant.nullable().default(null),
      /** Of its place; then it is due when the slot begins. A place with slots takes no other times for later. */
      slotId: SlotId.optional(),
    })
    .refine(
      ({ kind, placeId, slotId }) =>
        slotId === undefined || (kind !== "ship" && (placeId === undefined || slotId.startsWith(`${placeId}.`))),
      {
        error: "a slot is one of the place where the goods are collected",
        path: ["slotId"],
      },
    ),
  tenders: z.array(TenderInput).min(1).max(10),
  /** What the customer was shown; a difference is refused as `cart.total_changed`. */
  expectedTotal: Money,
  /** Where the payer comes back to after a step at their bank: a path of the house. Without it a card that asks for one is declined. */
  returnPath: ReturnPath.optional(),
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
const Pending = z
  .object({
    state: z.literal("pending"),
    /** Where the payer has to go before the provider decides; afterwards ask again with the same key. */
    actionUrl: z.string().nullable(),
  })
  .meta({ id: "PendingPayment" });

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
  "checkout.giveUp": {
    summary: "Give up a payment that waits for its provider or for the payer: goods are free at once, and whatever is taken goes back",
    tag: "checkout",
    params: IdParams,
    response: null,
    status: 204,
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
    summary:
      "Where the customer's last shipment went, to be offered again; null when nothing was shipped yet. A till asks it for a customer whom it has opened; that is kept",
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
      lines: z
        .array(CollectedUnits)
        .max(500)
        .default([])
        .describe("what is taken now; the rest waits on with a code of its own. Empty: all"),
      receivedBy: z.string().trim().min(1).max(120).optional().describe("the name of whoever takes it for the customer, kept as proof"),
    }),
    response: Fulfillment,
    status: 200,
    pending: Pending,
    idempotencyKey: "required",
  },
  "fulfillments.nameCollector": {
    summary: "Somebody else fetches it, with a code of their own; named anew, another code holds",
    tag: "fulfillment",
    params: IdParams,
    body: z.object({ name: z.string().trim().min(1).max(120) }),
    response: Fulfillment,
    status: 200,
  },
  "fulfillments.withdrawCollector": {
    summary: "Nobody else fetches it any more: their code opens nothing",
    tag: "fulfillment",
    params: IdParams,
    response: Fulfillment,
    status: 200,
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
  "fulfillments.moveSlot": {
    summary: "Collect it in another slot of its place, while nobody has begun with it; its customer is told",
    tag: "fulfillment",
    params: IdParams,
    body: z.object({ slotId: SlotId, reason: z.string().trim().min(1).max(300).optional() }),
    response: Fulfillment,
    status: 200,
  },
  "fulfillments.day": {
    summary: "A day of a place's collection slots: the room in each, what is taken of it, and the orders that are due then",
    tag: "fulfillment",
    params: IdParams,
    query: z.object({ date: z.iso.date().optional().describe("on the calendar of the place; absent: today there") }),
    response: CollectionDay,
    status: 200,
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
