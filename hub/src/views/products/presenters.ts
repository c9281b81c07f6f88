import { catalogSnapshot, type CatalogPresenters } from "../../modules/catalog/index.ts";
import { channelsSnapshot } from "../../modules/channels/index.ts";
import { pricingSnapshot } from "../../modules/pricing/index.ts";
import { goodsStates } from "../../modules/promises/index.ts";
import { presentAvailability, presentProduct } from "./present.ts";
import { servedNow, showingOf } from "./showing.ts";

/** How the catalog's own commands show what they changed. */
export const catalogPresenters: CatalogPresenters = {
  async knowledge(ctx) {
    const { taxRates } = await ctx.snapshots.current(pricingSnapshot);
    const { channels } = await ctx.snapshots.current(channelsSnapshot);
    const taxClasses = new Set([...taxRates.values()].flatMap((rates) => rates.map(({ taxClass }) => taxClass)));
    return { taxClasses: [...taxClasses].toSorted(), channelIds: new Set<string>(channels.keys()) };
  },
  async product(ctx, product, placeId) {
    const catalog = await ctx.snapshots.current(catalogSnapshot);
    return presentProduct(product, await showingOf(ctx, catalog, [product], placeId));
  },
  async availability(ctx, goods, placeId) {
    const catalog = await ctx.snapshots.current(catalogSnapshot);
    const servedOf = await servedNow(ctx, catalog, placeId);
    const stateAt = await goodsStates(ctx, [goods.variant.id], [placeId]);
    return presentAvailability(goods, { catalog, placeId, stateAt, ...(servedOf && { servedOf }) });
  },
};
