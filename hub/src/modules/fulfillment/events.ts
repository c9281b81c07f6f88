import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** It went on to another state: accepted, in preparation, ready, collected, canceled. Subject: `order/<id>`. */
export const FulfillmentChanged = defineEvent(
  "fulfillment.changed.v1",
  z.object({
    fulfillmentId: z.string(),
    orderId: z.string(),
    recordId: z.string().nullable(),
    placeId: z.string(),
    kind: z.enum(["take_away", "collect"]),
    state: z.string(),
  }),
);
