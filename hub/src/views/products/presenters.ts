import { catalogSnapshot, type CatalogPresenters } from "../../modules/catalog/index.ts";
import { goodsStates } from "../../modules/promises/index.ts";
import { presentAvailability, presentProduct } from "./present.ts";
import { showingOf } from "./query.ts";

/** How the catalog's own commands show what they changed. */
export const catalogPresenters: CatalogPresenters = {
  async product(ctx, product, placeId) {
    const catalog = await ctx.snapshots.current(catalogSnapshot);
    return presentProduct(product, await showingOf(ctx, catalog, [product], placeId));
  },
  async availability(ctx, goods, placeId) {
    const catalog = await ctx.snapshots.current(catalogSnapshot);
    return presentAvailability(goods, { catalog, placeId, stateAt: await goodsStates(ctx, [goods.variant.id], [placeId]) });
  },
};
