import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** A cart became an order. Subject: `order/<id>`. `customerIdThen` is who the record resolved to when it was placed. */
export const OrderPlaced = defineEvent(
  "order.placed.v1",
  z.object({
    orderId: z.string(),
    number: z.string(),
    cartId: z.string().nullable(),
    mode: z.enum(["live", "recorded", "imported"]),
    recordId: z.string().nullable(),
    customerIdThen: z.string().nullable(),
    entityId: z.string(),
    channelId: z.string(),
    placeId: z.string().nullable(),
    fulfillmentId: z.string().nullable(),
    fulfillmentKind: z.enum(["take_away", "collect", "ship"]).nullable(),
    handedOver: z.boolean(),
    total: z.int(),
    currency: z.string(),
    points: z.int(),
    variantIds: z.array(z.string()),
    /** Work on its goods, where its place is to make them as soon as possible. */
    workSeconds: z.int().positive().optional(),
    /** The same by station, where it was sold over a counter whose slots count the work of stations. */
    work: z.record(z.string(), z.int().positive()).optional(),
  }),
);

const Changed = z.object({
  orderId: z.string(),
  recordId: z.string().nullable(),
  placeId: z.string().nullable(),
  /** The version that did it, where it was a change after the placing [ORD-10]. */
  changeId: z.string().optional(),
  /** What staff canceled of it after a part was handed over; the money in minor units. */
  restCanceled: z.array(z.object({ orderLineId: z.string(), quantity: z.int(), total: z.int() })).optional(),
});

/** Its payment or fulfillment moved on. Subject: `order/<id>`. */
export const OrderChanged = defineEvent("order.changed.v1", Changed);

/** A sale that nobody was known for became the purchase of who holds its receipt, with its points. Subject: `order/<id>`. */
export const OrderClaimed = defineEvent(
  "order.claimed.v1",
  z.object({
    orderId: z.string(),
    number: z.string(),
    recordId: z.string(),
    placeId: z.string().nullable(),
    channelId: z.string(),
    total: z.int(),
    currency: z.string(),
    points: z.int(),
  }),
);

/** It was canceled: stock, points and money went back. Subject: `order/<id>`. */
export const OrderCanceled = defineEvent(
  "order.canceled.v1",
  Changed.extend({ cartId: z.string().nullable(), total: z.int(), currency: z.string(), isByStaff: z.boolean().optional() }),
);

/** Staff offered a change that costs more to whoever pays it by a link, until `validUntil` (ISO 8601, UTC). Subject: `order/<id>`. */
export const OrderChangeOffered = defineEvent(
  "order.change_offered.v1",
  z.object({
    orderId: z.string(),
    linkId: z.string(),
    recordId: z.string().nullable(),
    placeId: z.string().nullable(),
    validUntil: z.string(),
  }),
);
