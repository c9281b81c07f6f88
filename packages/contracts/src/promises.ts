import { z } from "zod";
import { Because, IdParams, Instant, LocalizedText, Money, Uuid, type Endpoint } from "./shared.ts";
import { Pace, Store } from "./places.ts";
import { AHEAD_KINDS } from "./stock-words.ts";

/** A collection slot of a place, named by the place and its beginning. */
export const SlotId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.\d{1,9}$/)
  .describe("a collection slot, as `slots.list` names it");

/** Sold before it is there, as a back-order or before its release: so many units more, which are to come on a day of the place's calendar. */
export const SoldAhead = z.object({ kind: z.enum(AHEAD_KINDS), left: z.int(), on: z.iso.date() }).meta({ id: "SoldAhead" });

/** The answer about one place: sold here, units now, and when the goods are ready there; `because` when they are not. */
export const PlacePromise = z
  .object({
    store: Store,
    inAssortment: z.boolean(),
    tracked: z.boolean(),
    /** Units now; null for goods made to order. */
    available: z.int().nullable(),
    method: z.enum(["collect", "take_away"]).nullable(),
    promiseAt: Instant.nullable(),
    /** The first collection slot in which they can be fetched; null where the place has none, or none is free. */
    nextSlot: z.object({ id: SlotId, startsAt: Instant, endsAt: Instant }).nullable(),
    /** Where there are too few now: the day, on the calendar of the place, on which enough is expected there. No promise. */
    expectedOn: z.iso.date().nullable(),
    /** Where it is sold before it is there: `left` units more, which come on `on` there. A promise with such units says so in `because`. */
    ahead: SoldAhead.nullable(),
    /** Where there are too few now, and the place asks others for goods: who has them, and when they can be fetched here. */
    bring: z.object({ place: z.object({ id: Uuid, name: z.string() }), on: z.iso.date(), promiseAt: Instant }).nullable(),
    asOf: Instant,
    because: Because.nullable(),
  })
  .meta({ id: "PlacePromise" });

export const Country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .describe("ISO 3166-1 alpha-2");

/** Where goods are shipped to, and to whom. The shape of its postcode is checked by country when it is set. */
export const DeliveryAddress = z
  .object({
    name: z.string().trim().min(1).max(120),
    line1: z.string().trim().min(1).max(120),
    line2: z.string().trim().max(120).nullable().default(null),
    postcode: z.string().trim().min(1).max(16),
    city: z.string().trim().min(1).max(80),
    country: Country,
  })
  .meta({ id: "DeliveryAddress" });

/** A way of shipping. `price` is with the tax inside; goods worth `freeFrom` are shipped for nothing; `leadDays` are working days. */
export const DeliveryMethod = z
  .object({
    id: Uuid,
    entityId: Uuid,
    name: LocalizedText,
    price: Money,
    taxClass: z.string(),
    freeFrom: Money.nullable(),
    countries: z.array(Country),
    leadDays: z.int(),
    position: z.int(),
    active: z.boolean(),
  })
  .meta({ id: "DeliveryMethod" });

const MethodName = z.object({
  en: z.string().trim().min(1).max(80),
  fr: z.string().trim().max(80).optional(),
  de: z.string().trim().max(80).optional(),
  ca: z.string().trim().max(80).optional(),
});
const method = {
  name: MethodName,
  price: z.int().min(0).max(10_000_000).describe("minor units of the entity's currency, tax inside"),
  taxClass: z.string().min(1).max(40),
  freeFrom: z.int().min(1).max(1_000_000_000).nullable(),
  countries: z.array(Country).min(1).max(60),
  leadDays: z.int().min(0).max(60),
  position: z.int().min(0).max(1000),
};

/** What is shipped of a SKU: from which place, by what, and until when it is at the door; `because` when it is not. */
export const ShippingAnswer = z
  .object({
    country: Country,
    /** The place that ships it, of several the first. */
    place: z.object({ id: Uuid, name: z.string() }).nullable(),
    available: z.int().nullable(),
    /** In how many parcels it comes, one for each place that ships a part of it. */
    parcels: z.int(),
    promiseAt: Instant.nullable(),
    because: Because.nullable(),
    /** Where the channel ships to at all. */
    countries: z.array(Country),
  })
  .meta({ id: "ShippingAnswer" });

/** A collection slot: `left` is how many more orders it takes, 20 at most; `because` why it takes none. */
export const Slot = z
  .object({
    id: SlotId,
    startsAt: Instant,
    endsAt: Instant,
    left: z.int().min(0).max(20),
    because: Because.nullable(),
  })
  .meta({ id: "Slot" });

/** What is to be collected, one of these at most: then a slot is free that has room for it and begins when it is ready. */
const SlotsQuery = z
  .object({
    cartId: Uuid.optional().describe("a cart of the caller: what of it is collected there with the rest"),
    fulfillmentId: Uuid.optional().describe("what is to be moved to another slot of its store; its own room counts as free"),
    orderId: Uuid.optional().describe("an order that is to be collected there instead"),
    way: z
      .enum(["collect", "collect_elsewhere"])
      .default("collect")
      .describe("of an order: what was to be sent, or to be collected at another store"),
    sku: z.string().max(64).optional().describe("a single thing"),
    quantity: z.coerce.number().int().min(1).max(100_000).default(1),
    options: z
      .string()
      .max(400)
      .regex(/^[^:,]+:[^:,]+(,[^:,]+:[^:,]+)*$/)
      .optional()
      .describe("what was chosen of it, as `size:large,milk:oat`"),
  })
  .refine(({ cartId, fulfillmentId, orderId, sku }) => [cartId, fulfillmentId, orderId, sku].filter(Boolean).length <= 1, {
    message: "slots are asked for one of a cart, a fulfillment, an order and a SKU",
  });

export const promisesEndpoints = {
  "slots.list": {
    summary:
      "The collection slots of a store from now on, on every channel alike, free for any order or for what is asked for. `offered` false: any time at which it is open can be named",
    tag: "promises",
    params: IdParams,
    query: SlotsQuery,
    response: z.object({ offered: z.boolean(), items: z.array(Slot) }).meta({ id: "SlotList" }),
    status: 200,
  },
  "pace.set": {
    summary:
      "A store takes nothing ahead for so many minutes, or (`waitMinutes`) says that all takes so much longer; it ends by itself. What is promised already stays so",
    tag: "promises",
    params: IdParams,
    body: z.object({
      minutes: z.int().min(5).max(720),
      waitMinutes: z.int().min(1).max(240).nullable().default(null),
    }),
    response: Pace,
    status: 200,
  },
  "pace.end": { summary: "The store prepares as always again", tag: "promises", params: IdParams, response: null, status: 204 },
  "storeLease.renew": {
    summary:
      "A sign of life of a till or screen for its store, which takes orders to be made at once only while one is heard (setting `leaseHorizonMinutes`). `againInSeconds`: when to give the next",
    tag: "promises",
    response: z.object({ againInSeconds: z.int() }).meta({ id: "StoreLease" }),
    status: 200,
    raw: true,
  },
  "deliveryMethods.list": {
    summary: "The ways of shipping of all legal entities, in the order in which they are offered",
    tag: "promises",
    response: z.object({ items: z.array(DeliveryMethod) }).meta({ id: "DeliveryMethodList" }),
    status: 200,
  },
  "deliveryMethods.create": {
    summary: "Offer another way of shipping",
    tag: "promises",
    body: z.object({
      entityId: Uuid,
      ...method,
      freeFrom: method.freeFrom.default(null),
      position: method.position.default(0),
    }),
    response: DeliveryMethod,
    status: 201,
  },
  "deliveryMethods.update": {
    summary: "Change a way of shipping, or end it; orders keep what they were placed with",
    tag: "promises",
    params: IdParams,
    body: z.object({ ...method, active: z.boolean() }).partial(),
    response: DeliveryMethod,
    status: 200,
  },
  "availability.read": {
    summary: "Assortment, units and promise time of a SKU per place, nearest first",
    tag: "promises",
    query: z.object({
      sku: z.string().max(64),
      near: z
        .string()
        .regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/)
        .optional(),
      storeId: Uuid.optional(),
      quantity: z.coerce.number().int().min(1).max(999).default(1),
      limit: z.coerce.number().int().min(1).max(50).default(20),
      shipTo: Country.optional().describe("the country to ship to: `shipping` answers"),
      methodId: Uuid.optional().describe("the way of shipping; absent: the first that is offered there"),
    }),
    response: z
      .object({ sku: z.string(), places: z.array(PlacePromise), shipping: ShippingAnswer.nullable() })
      .meta({ id: "AvailabilityAnswer" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
