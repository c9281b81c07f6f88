import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** A customer announced that goods come back, or that announcement went on. Subject: `order/<id>`. */
export const ReturnRequestChanged = defineEvent(
  "return.request_changed.v1",
  z.object({
    requestId: z.string(),
    orderId: z.string(),
    recordId: z.string().nullable(),
    /** Of whoever did it. */
    channelId: z.string(),
    placeId: z.string().nullable(),
    state: z.enum(["requested", "received", "accepted", "refused", "canceled"]),
  }),
);

/** Goods came back, and what was paid for them goes back, or their worth where nobody knows. Subject: `return/<id>`. */
export const ReturnTaken = defineEvent(
  "return.taken.v1",
  z.object({
    returnId: z.string(),
    /** Null for goods without proof [RET-14]. */
    orderId: z.string().nullable(),
    recordId: z.string().nullable(),
    channelId: z.string(),
    placeId: z.string(),
    total: z.int(),
    currency: z.string(),
    units: z.int(),
  }),
);
