import type { PlaceId } from "@weft/kernel";
import type { Catalog, Product } from "../../modules/catalog/index.ts";
import { goodsStates, type GoodsStates } from "../../modules/promises/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { variantsShown, type Showing } from "./present.ts";
import { priceWindow } from "./price-tags.ts";

const NO_STATE: GoodsStates = () => ({ available: null, soldOut: null });

/** Prices and stock of some products at a place, ready to be shown. */
export async function showingOf(ctx: ReadCtx, catalog: Catalog, products: readonly Product[], placeId: PlaceId | null): Promise<Showing> {
  const [stateAt, prices] = await Promise.all([
    placeId === null ? NO_STATE : goodsStates(ctx, variantsShown(products), [placeId]),
    priceWindow(ctx, placeId),
  ]);
  return { catalog, placeId, stateAt, prices };
}
