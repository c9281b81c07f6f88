import type { Locale, ProductSummaryView, ProductView } from "@weft/contracts";
import type { ProductId } from "@weft/kernel";
import { catalogSnapshot, type Catalog, type Product } from "../../modules/catalog/index.ts";
import type { ShopWindows, Stand } from "../../modules/parity/index.ts";
import { SYSTEM, type ReadCtx } from "../../platform/index.ts";
import { produceFeed, type FeedDeps } from "./feed-routes.ts";
import { presentProduct, presentSummary } from "./present.ts";
import { showingOf } from "./showing.ts";
import { productHeads } from "./structured-data.ts";

/** What the windows of the house show of a page of products: the presenters that answer the apps, asked as the apps ask them. */
export const shopWindows = (deps: FeedDeps): ShopWindows => ({
  pages: (ctx, ids, stand) => presented(ctx, ids, stand, (catalog, { id }) => catalog.isSoldOn(id, stand.channelId)),
  tills: (ctx, ids, stand) => presented(ctx, ids, stand, soldThere(stand)),
  async boards(ctx, ids, stand): Promise<ProductSummaryView[]> {
    const { sold, showing } = await showingPage(ctx, ids, stand, soldThere(stand));
    return sold.map((product) => presentSummary(product, showing));
  },
  heads: (ctx, ids, locale: Locale) => productHeads(ctx, ids, { locale, publicUrl: deps.publicUrl, brand: deps.brand }),
  produce: (ctx, key) => produceFeed(ctx, key, deps),
});

type IsSold = (catalog: Catalog, product: Product) => boolean;

const soldThere =
  ({ channelId, placeId }: Stand): IsSold =>
  (catalog, { id }) =>
    catalog.isSoldAt(id, placeId) && catalog.isSoldOn(id, channelId);

async function presented(ctx: ReadCtx, ids: readonly ProductId[], stand: Stand, isSold: IsSold): Promise<ProductView[]> {
  const { sold, showing } = await showingPage(ctx, ids, stand, isSold);
  return sold.map((product) => presentProduct(product, showing));
}

async function showingPage(ctx: ReadCtx, ids: readonly ProductId[], { channelId, placeId }: Stand, isSold: IsSold) {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const products = ids.flatMap((id) => catalog.products.get(id) ?? []);
  const sold = products.filter((product) => product.isActive && product.variants.length > 0 && isSold(catalog, product));
  const visitor: ReadCtx = { ...ctx, actor: { ...SYSTEM, kind: "publishable", channelId, placeId } };
  return { sold, showing: await showingOf(visitor, catalog, sold, placeId) };
}
