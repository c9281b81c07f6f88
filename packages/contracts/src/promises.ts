import { z } from "zod";
import { Because, Instant, Uuid, type Endpoint } from "./shared.ts";
import { Store } from "./places.ts";

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
    asOf: Instant,
    because: Because.nullable(),
  })
  .meta({ id: "PlacePromise" });

export const promisesEndpoints = {
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
    }),
    response: z.object({ sku: z.string(), places: z.array(PlacePromise) }).meta({ id: "AvailabilityAnswer" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
