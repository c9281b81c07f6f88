import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** Goods of an order came back, and what was paid for them goes back. Subject: `return/<id>`. */
export const ReturnTaken = defineEvent(
  "return.taken.v1",
  z.object({
    returnId: z.string(),
    orderId: z.string(),
    recordId: z.string().nullable(),
    channelId: z.string(),
    placeId: z.string(),
    total: z.int(),
    currency: z.string(),
    units: z.int(),
  }),
);
