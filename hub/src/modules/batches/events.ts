import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** Goods were called back, their buyers are written to from now on, or the recall was lifted. Subject: `recall/<id>`. */
export const RecallChanged = defineEvent(
  "recall.changed.v1",
  z.object({
    recallId: z.string(),
    productId: z.string(),
    variantId: z.string().nullable(),
    what: z.enum(["announced", "telling", "lifted"]),
  }),
);
