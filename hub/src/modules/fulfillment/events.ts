import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** It went on to another state: accepted, in preparation, ready, collected, not collected, rejected, canceled. Subject: `order/<id>`. */
export const FulfillmentChanged = defineEvent(
  "fulfillment.changed.v1",
  z.object({
    fulfillmentId: z.string(),
    orderId: z.string(),
    recordId: z.string().nullable(),
    placeId: z.string(),
    kind: z.enum(["take_away", "collect", "ship"]),
    state: z.string(),
    /** The channel of whoever did it: of a hand-over, the till's. */
    channelId: z.string().nullable().optional(),
    /** When the step was made: tells two steps to the same state apart. */
    at: z.iso.datetime().optional(),
    /** Why, where the state alone does not say it: `extended`, `taken_back`. */
    reason: z.enum(["extended", "taken_back"]).optional(),
  }),
);

const about = { fulfillmentId: z.string(), orderId: z.string(), recordId: z.string().nullable(), placeId: z.string() };

/**
 * A place cannot serve these units. `movedTo` is the fulfillment that serves them instead at `movedToPlaceId`; null: they were given up.
 * Subject: `order/<id>`.
 */
export const FulfillmentRejected = defineEvent(
  "fulfillment.rejected.v1",
  z.object({
    ...about,
    refusalId: z.string(),
    reason: z.enum(["out_of_stock", "damaged", "cannot_find", "too_much_to_do", "other", "not_wanted"]),
    lines: z.array(z.object({ orderLineId: z.string(), quantity: z.int().positive() })),
    movedTo: z.string().nullable(),
    movedToPlaceId: z.string().nullable(),
  }),
);

/** It is ready at another time, from `dueAt` on: in the slot until `slotUntil`, or as soon as possible where that is null. Subject: `order/<id>`. */
export const FulfillmentMoved = defineEvent(
  "fulfillment.moved.v1",
  z.object({ ...about, dueAt: z.iso.datetime(), slotUntil: z.iso.datetime().nullable() }),
);

/** Its place makes it later than promised, and no slot has room for it: nobody knows when. Subject: `order/<id>`. */
export const FulfillmentDelayed = defineEvent("fulfillment.delayed.v1", z.object({ ...about, promisedAt: z.iso.datetime() }));

/** A parcel of it left with its carrier; `parcelId` finds its number. Subject: `order/<id>`. */
export const ParcelSent = defineEvent("fulfillment.parcel_sent.v1", z.object({ ...about, parcelId: z.string() }));

/** Nobody fetched it within its time; staff decide what becomes of it. At most a minute late. Subject: `order/<id>`. */
export const FulfillmentOverdue = defineEvent("fulfillment.overdue.v1", z.object({ ...about, waitedUntil: z.iso.datetime() }));

/** What is ready waits only a little longer for its customer. At most a minute late. Subject: `order/<id>`. */
export const CollectionEnding = defineEvent("fulfillment.collection_ending.v1", z.object({ ...about, waitsUntil: z.iso.datetime() }));

/** The goods that it waited for are there, and its place works on it from now on. Subject: `order/<id>`. */
export const GoodsCame = defineEvent("fulfillment.goods_came.v1", z.object(about));

/** The goods that it waits for come on another day than was promised. Subject: `order/<id>`. */
export const GoodsMoved = defineEvent("fulfillment.goods_moved.v1", z.object({ ...about, awaitsOn: z.iso.date() }));

/**
 * A station has made these lines, or has to make them again (`done` false). `isAll`: nothing of it is left to be made. Subject: `order/<id>`.
 */
export const ItemsPrepared = defineEvent(
  "fulfillment.items_prepared.v1",
  z.object({ ...about, orderLineIds: z.array(z.string()), done: z.boolean(), isAll: z.boolean() }),
);

/**
 * A table's round: it was sent to the stations (with seconds of work), lines of it were taken off its ticket, or moved to another one or another
 * table (with the seconds of work by ticket), or a station said what it has made; `isAll`: nothing of it is left to be made. Subject: `cart/<id>`,
 * the ticket that sent it, or that it was taken off.
 */
export const RoundChanged = defineEvent(
  "fulfillment.round_changed.v1",
  z.object({
    roundId: z.string(),
    cartId: z.string(),
    placeId: z.string(),
    what: z.enum(["sent", "taken_off", "moved", "prepared"]),
    workSeconds: z.int().nonnegative().optional(),
    workOf: z.array(z.object({ cartId: z.string(), workSeconds: z.int().nonnegative() })).optional(),
    isAll: z.boolean(),
  }),
);

/** Its customer says to be near, or here. Subject: `order/<id>`. */
export const CustomerArriving = defineEvent("fulfillment.customer_arriving.v1", z.object({ ...about, where: z.enum(["near", "here"]) }));
