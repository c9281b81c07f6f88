import type { PlaceId, VariantId } from "@weft/kernel";
import { defineSnapshot, type Db } from "../../platform/index.ts";
import { StockAheadChanged } from "./events.ts";

/** What is sold ahead, or was: asked in memory, so that goods that nobody sells ahead cost no statement anywhere. */
export type SoldAhead = {
  isAt(variantId: VariantId, placeId: PlaceId): boolean;
  isAnywhere(variantId: VariantId): boolean;
};

export const aheadSnapshot = defineSnapshot<SoldAhead>({
  name: "stock.ahead",
  load: loadSoldAhead,
  invalidatedBy: [StockAheadChanged],
});

async function loadSoldAhead(db: Db): Promise<SoldAhead> {
  const rows = await db.selectFrom("stock.ahead").select(["variant_id", "place_id"]).execute();
  const levels = new Set(rows.map(({ variant_id, place_id }) => `${variant_id}/${place_id}`));
  const variants = new Set<string>(rows.map(({ variant_id }) => variant_id));
  return {
    isAt: (variantId, placeId) => levels.has(`${variantId}/${placeId}`),
    isAnywhere: (variantId) => variants.has(variantId),
  };
}
