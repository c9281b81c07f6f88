import { z } from "zod";
import { CartOperation, CartOperationId, OperationResult } from "./cart-operations.ts";
import { Country, DeliveryAddress } from "./promises.ts";
import { OFFER_KINDS } from "./offer-words.ts";
import { AHEAD_KINDS } from "./stock-words.ts";
import { Because, ChannelKind, CustomerParams, IdParams, Instant, LocalizedText, Money, UnitPrice, Uuid, type Endpoint } from "./shared.ts";
import { Trace } from "./trace.ts";

export const FULFILLMENT_KINDS = ["take_away", "collect", "ship"] as const;
export const FulfillmentKind = z.enum(FULFILLMENT_KINDS);

/** `each` is for one piece, tax in. */
export const LineDeposit = z.object({ name: LocalizedText, each: Money, total: Money }).meta({ id: "LineDeposit" });

/** A slot that goods of a cart are wanted in. */
export const CartSlot = z
  .object({
    id: z.string(),
    startsAt: Instant,
    /** Until when nobody else gets the room that the cart has in it; null: it holds none, and has it only if there is still room. */
    heldUntil: Instant.nullable(),
  })
  .meta({ id: "CartSlot" });

export const CartLine = z
  .object({
    id: Uuid,
    variantId: Uuid,
    productId: Uuid,
    sku: z.string(),
    name: LocalizedText,
    pictureUrl: z.string().nullable(),
    options: z.array(z.object({ group: z.string(), value: z.string(), name: LocalizedText, priceDifference: Money })),
    quantity: z.int(),
    unit: z.enum(["piece", "gram"]),
    /** With options. */
    unitPrice: UnitPrice.nullable(),
    /** Quantity × unit price, before discounts. */
    subtotal: Money,
    discount: Money,
    /** What the customer pays for the line, tax and deposit in. */
    total: Money,
    /** What of the total is a deposit on its packaging, which no promotion reduces and which goes back with it. */
    deposit: LineDeposit.nullable(),
    because: z.array(Because),
    /** A lower price that staff gave, with what it was before; it holds until `heldUntil`. */
    override: z
      .object({
        insteadOf: UnitPrice,
        reason: z.string(),
        /** Given for so many units at most, because a manager stood behind these. */
        units: z.int().positive().optional(),
      })
      .nullable(),
    /** Until when the unit price is promised, whatever channel or place the cart comes to; a lower price there counts all the same. */
    heldUntil: Instant.nullable(),
    hold: z.object({ placeId: Uuid, expiresAt: Instant }).nullable(),
    available: z.int().nullable(),
    /** Units of it that are not there yet, with the day on which they come; a part of the order of their own. Left out when all are there. */
    waits: z
      .array(
        z.object({
          kind: z.enum(AHEAD_KINDS),
          quantity: z.int(),
          on: z.iso.date(),
          promiseAt: Instant.nullable(),
          /** When a card is charged that pays for it away from a till: with the order, or as it leaves. */
          chargedWhen: z.enum(["order", "dispatch"]),
        }),
      )
      .optional(),
    addedBy: z.object({ channelKind: ChannelKind, at: Instant }),
    /** A gift card: its code is told as soon as it is paid, whatever becomes of the rest; so all of the cart is paid at once. */
    isGiftCard: z.literal(true).optional(),
    /** The gift card that holds so much more as soon as it is paid; no new one is sold. */
    topUp: z.object({ cardId: Uuid, last4: z.string() }).optional(),
    /** When a service is given. Its seat is kept from others until `heldUntil`, then it can be held again as long as nobody has taken it. */
    service: z
      .object({
        serviceId: Uuid,
        storeId: Uuid,
        storeName: z.string(),
        staffName: z.string(),
        startsAt: Instant,
        endsAt: Instant,
        timeZone: z.string(),
        heldUntil: Instant,
      })
      .optional(),
    /** What whoever makes or packs it has to know; left out where nothing was said. */
    note: z.string().optional(),
    /** Whether its customer may say so; whoever stands at a till always may. */
    takesNote: z.literal(true).optional(),
    /** Its weight was typed in and not taken from a scale. */
    isTyped: z.literal(true).optional(),
    /** What its code says of this very one; left out where no code was read. */
    trace: Trace.optional(),
    /** How it reaches its customer, and from where, when it does not go with the rest of the cart; else left out. */
    elsewhere: z
      .object({
        kind: z.enum(["ship", "collect", "bring"]),
        /** The store where it is fetched; of what is sent or brought the place that it comes from, null while there is none. */
        place: z.object({ id: Uuid, name: z.string() }).nullable(),
        slot: CartSlot.nullable(),
        promiseAt: Instant.nullable(),
      })
      .optional(),
  })
  .meta({ id: "CartLine" });

export const TaxShare = z.object({ rate: z.string(), label: z.string(), net: Money, tax: Money, gross: Money }).meta({ id: "TaxShare" });

export const CartTotals = z
  .object({
    subtotal: Money,
    discount: Money,
    tax: Money,
    taxIncluded: z.boolean(),
    /** What shipping costs, in the terms of the subtotal and not in it; null for goods that are handed over at a place. */
    delivery: Money.nullable(),
    /** Deposits on packaging, in the terms of the subtotal and not in it; null where nothing carries one. */
    deposit: Money.nullable(),
    total: Money,
    taxes: z.array(TaxShare),
    points: z.int(),
    pointsBurned: z.int(),
  })
  .meta({ id: "CartTotals", description: "`points` is what the sale would earn, `pointsBurned` what the applied rewards cost" });

/** What completion will check, with stable codes: `cart.empty`, `cart.place_missing`, `stock.insufficient`, `price.unknown`, `option.required`, `product.sold_out`, `customer.contact_missing`, `delivery.address_missing`, `delivery.method_missing`, `promise.not_shipped_to`, `promise.no_shipping_place`, `product.not_shippable`, `promise.opens_later`, `promise.ready_after_closing`, `promise.store_away`, `promise.closed_then`, `promise.served_from`, `promise.no_room`, `promise.not_served`, `promise.not_served_then`, `promise.slot_needed`, `promise.slot_unknown`, `promise.slot_too_soon`, `promise.slot_full` (with the next one), `promise.place_closed`, `company.over_limit`, `booking.time_missing`, `booking.lapsed`. */
export const Requirement = z
  .object({ code: z.string(), lineId: Uuid.nullable(), data: z.record(z.string(), z.unknown()).optional() })
  .meta({ id: "Requirement" });

/** A reward on the cart: what it takes off when it counts, and why it does not when not; then it costs no points. */
export const CartReward = z
  .object({ rewardId: Uuid, name: LocalizedText.nullable(), points: z.int(), applied: z.boolean(), amount: Money, because: Because })
  .meta({ id: "CartReward" });

export const CartHolder = z
  .object({
    id: Uuid,
    kind: z.enum(["customer", "visitor", "register", "staff", "screen", "link"]),
    channelKind: ChannelKind,
    name: z.string().nullable(),
    mode: z.enum(["owner", "joined"]),
    since: Instant,
  })
  .meta({ id: "CartHolder" });

export const Cart = z
  .object({
    id: Uuid,
    version: z.int(),
    state: z.enum(["open", "checkout", "completing", "completed", "merged", "abandoned"]),
    /** Whether it is the customer's current cart; a till's ticket is not. */
    current: z.boolean(),
    channelId: Uuid,
    channelKind: ChannelKind,
    place: z.object({ id: Uuid, name: z.string() }).nullable(),
    fulfillment: z
      .object({
        kind: FulfillmentKind,
        dining: z.enum(["eat_in", "take_away"]),
        dueAt: Instant.nullable(),
        /** The slot of its place that it is to be collected in; left out where none is chosen. */
        slot: CartSlot.extend({ endsAt: Instant }).optional(),
      })
      .nullable(),
    /** Of a cart that is to be shipped: where to in the rough, and the ways to choose from. The address itself is `carts.address`. */
    delivery: z
      .object({
        country: Country,
        hasAddress: z.boolean(),
        methodId: Uuid.nullable(),
        because: z.array(Because),
        options: z.array(z.object({ methodId: Uuid, name: LocalizedText, price: Money, promiseAt: Instant.nullable() })),
        /** The parcels that it comes in, one for each place that ships a part of it, with the day of each by the way that was chosen. Shipping is charged once. */
        parcels: z.array(
          z.object({
            placeId: Uuid,
            placeName: z.string(),
            lines: z.array(z.object({ lineId: Uuid, quantity: z.int() })),
            promiseAt: Instant.nullable(),
          }),
        ),
      })
      .nullable(),
    customer: z.object({ id: Uuid, givenName: z.string().nullable() }).nullable(),
    /** The company that it is bought for; null as soon as its customer may not order for it any more. */
    company: z
      .object({
        id: Uuid,
        name: z.string(),
        vatNumber: z.string().nullable(),
        /** Up to what it may be bought on account now, and in how many days after the invoice that is paid; null: not at all. */
        account: z.object({ left: Money, termsDays: z.int() }).nullable(),
      })
      .nullable(),
    holders: z.array(CartHolder),
    lines: z.array(CartLine),
    codes: z.array(z.object({ code: z.string(), applied: z.boolean(), because: Because })),
    rewards: z.array(CartReward),
    totals: CartTotals,
    /** When all of it is ready at its place, or at the door when it is shipped, by the rule that `GET /v1/availability` answers with; null while no place or nothing is chosen. */
    promise: z.object({ method: FulfillmentKind.nullable(), promiseAt: Instant.nullable(), because: Because.nullable() }).nullable(),
    requirements: z.array(Requirement),
    /** That it was handed to its customer by a link, as a quote or to be paid, and until when that stands. */
    offer: z.object({ id: Uuid, kind: z.enum(OFFER_KINDS), number: z.string(), validUntil: Instant, mayChange: z.boolean() }).nullable(),
    /** The cart that the customer had before this one; its lines are offered one by one. */
    earlier: z
      .object({
        cartId: Uuid,
        undoUntil: Instant.nullable(),
        lines: z.array(z.object({ id: Uuid, sku: z.string(), name: LocalizedText, quantity: z.int() })),
      })
      .nullable(),
    /** What is to be known of the whole; left out where nothing was said. `takesNote`: whether its customer may say so. */
    note: z.string().optional(),
    takesNote: z.literal(true).optional(),
    orderId: Uuid.nullable(),
    channelsSeen: z.array(ChannelKind),
    updatedAt: Instant,
  })
  .meta({ id: "Cart" });

export const OpenedCart = z
  .object({ cart: Cart, token: z.string().describe("given once; whoever has it may use the cart") })
  .meta({ id: "OpenedCart" });

export const CartOpening = OpenedCart.extend({ results: z.array(OperationResult).describe("one per operation, in their order") }).meta({
  id: "CartOpening",
});

/** A television or tablet that waits for its code to be typed, or shows a cart. */
export const Screen = z.object({ id: Uuid, cartId: Uuid.nullable(), version: z.int() }).meta({ id: "Screen" });

export const cartsEndpoints = {
  "carts.open": {
    summary: "Open a cart. A signed-in customer's open current cart is answered instead of a second one",
    tag: "carts",
    body: z.object({
      placeId: Uuid.nullable().default(null),
      fulfillment: z.enum(["take_away", "collect"]).optional(),
      operations: z.array(CartOperation).max(50).default([]),
      ticket: z.boolean().default(false).describe("a till's ticket: held by the register, never the customer's current cart"),
    }),
    response: CartOpening,
    status: 201,
  },
  "carts.read": { summary: "Read a cart with totals and requirements", tag: "carts", params: IdParams, response: Cart, status: 200 },
  "carts.address": {
    summary: "Where a cart is to be shipped, for whoever may change it; null while nothing was said",
    tag: "carts",
    params: IdParams,
    response: z.object({ address: DeliveryAddress.nullable() }).meta({ id: "CartAddress" }),
    status: 200,
  },
  "carts.current": {
    summary: "The customer's current cart; 204 without a body when they have none",
    tag: "carts",
    params: CustomerParams,
    response: Cart.nullable(),
    status: 200,
  },
  "carts.operate": {
    summary: "Apply operations in order; each is answered by itself and may be sent again",
    tag: "carts",
    params: IdParams,
    body: z.object({ operations: z.array(CartOperation).min(1).max(50) }),
    response: z.object({ cart: Cart, results: z.array(OperationResult) }).meta({ id: "OperationsAnswer" }),
    status: 200,
  },
  "carts.offerHandover": {
    summary: "A short code and QR that moves the cart to another holder (take) or adds one (join)",
    tag: "carts",
    params: IdParams,
    body: z.object({ mode: z.enum(["take", "join"]) }),
    response: z.object({ code: z.string(), mode: z.enum(["take", "join"]), url: z.string(), expiresAt: Instant }).meta({ id: "Handover" }),
    status: 201,
  },
  "carts.claimHandover": {
    summary: "Claim a hand-over code: answers the same cart, with a token of one's own",
    tag: "carts",
    params: z.object({ code: z.string().min(4).max(40) }),
    response: OpenedCart,
    status: 200,
  },
  "carts.offerCall": {
    summary:
      "Four digits that the shopper reads out on the phone: whoever of the staff types them joins this cart, once, within ten minutes",
    tag: "carts",
    params: IdParams,
    response: z.object({ code: z.string(), expiresAt: Instant }).meta({ id: "CallCode" }),
    status: 201,
  },
  "carts.joinCall": {
    summary: "Staff: join the cart of the shopper on the phone by the code that they read out",
    tag: "carts",
    params: z.object({ code: z.string().regex(/^\d{4}$/) }),
    response: Cart,
    status: 200,
  },
  "carts.leave": {
    summary: "Send a helper or a screen away from a cart, or leave it oneself",
    tag: "carts",
    params: z.object({ id: Uuid, holderId: Uuid }),
    response: null,
    status: 204,
  },
  "screens.open": {
    summary: "A television or tablet: a code for it to show, and the token with which it follows its screen and then the cart",
    tag: "carts",
    response: z.object({ id: Uuid, code: z.string(), token: z.string(), expiresAt: Instant }).meta({ id: "OpenedScreen" }),
    status: 201,
  },
  "screens.read": {
    summary: "Which cart a screen shows; null until its code is typed",
    tag: "carts",
    params: IdParams,
    response: Screen,
    status: 200,
  },
  "screens.pair": {
    summary: "Show this cart on the screen with that code, for twelve hours at most",
    tag: "carts",
    params: z.object({ code: z.string().min(4).max(40) }),
    body: z.object({ cartId: Uuid }),
    response: Cart,
    status: 200,
  },
  "carts.takeOver": {
    summary: "Staff: the current cart of the opened customer becomes the till's ticket",
    tag: "carts",
    params: IdParams,
    response: OpenedCart,
    status: 200,
  },
  "carts.undoAdoption": {
    summary: "Undo what sign-in did to the carts: both are as before",
    tag: "carts",
    params: IdParams,
    response: Cart,
    status: 200,
  },
  "carts.abandon": { summary: "Give the cart up: holds are released", tag: "carts", params: IdParams, response: null, status: 204 },
  "carts.redeem": {
    summary: "Burn points: a reward for the customer's current cart, or another of theirs. The debit is one with that cart's completion",
    tag: "loyalty",
    params: CustomerParams,
    body: z.object({ id: CartOperationId, rewardId: Uuid, cartId: Uuid.optional() }),
    response: z.object({ cart: Cart, result: OperationResult }).meta({ id: "Redemption" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
