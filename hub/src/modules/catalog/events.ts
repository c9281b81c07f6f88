import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** Products, categories, options or the assortment are different from `revision` on; whoever keeps a copy loads it again. Subject: `catalog/products`. */
export const CatalogChanged = defineEvent(
  "catalog.changed.v1",
  z.object({
    revision: z.int().positive(),
    /** The products that changed, where they are few enough to name. */
    productIds: z.array(z.string()).optional(),
  }),
);

/** A variant ran out at a place, or is there again. Subject: `level/<variant>/<place>`. */
export const SoldOutChanged = defineEvent(
  "catalog.sold_out_changed.v1",
  z.object({ variantId: z.string(), placeId: z.string(), soldOut: z.boolean(), until: z.iso.datetime().nullable() }),
);
