import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/**
 * Prices, tax rates, codes, promotions or deposits are different from `revision` on; whoever keeps a copy loads it again. Subject: `pricing/prices`,
 * so the changes come in the order in which they were made.
 */
export const PricingChanged = defineEvent(
  "pricing.changed.v1",
  z.object({
    revision: z.int().positive(),
    what: z.enum(["lists", "prices", "tax", "codes", "promotions", "deposits"]),
    /** The lists whose prices changed, when it is prices. */
    listIds: z.array(z.string()).optional(),
  }),
);

/** A promotion has begun or ended by the clock: a happy hour, or the day it was planned for. Nothing was written. Subject: `pricing/turn`. */
export const PromotionsTurned = defineEvent("pricing.turned.v1", z.object({ at: z.iso.datetime({ offset: true }) }));
