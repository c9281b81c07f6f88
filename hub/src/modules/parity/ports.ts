import type { Locale, ProductSummaryView, ProductView } from "@weft/contracts";
import type { ChannelId, PlaceId, ProductId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import type { FeedKey } from "./feeds.ts";

/** On which channel something is shown, and at which store. */
export type Stand = { readonly channelId: ChannelId; readonly placeId: PlaceId };

/**
 * What windows of the house show of some products, made by the very functions that answer the apps and their readers. Given by the views,
 * which no module may ask itself. Each takes a page of products, with a number of statements that does not depend on it.
 */
export type ShopWindows = {
  /** As `GET /v1/products/{id}?storeId=` answers on a channel. */
  readonly pages: (ctx: ReadCtx, ids: readonly ProductId[], stand: Stand) => Promise<readonly ProductView[]>;
  /** As `GET /v1/catalog?placeId=` answers a till. */
  readonly tills: (ctx: ReadCtx, ids: readonly ProductId[], stand: Stand) => Promise<readonly ProductView[]>;
  /** As `GET /v1/products?storeId=` answers a menu board. */
  readonly boards: (ctx: ReadCtx, ids: readonly ProductId[], stand: Stand) => Promise<readonly ProductSummaryView[]>;
  /** The heads of product pages in the shop, as HTML, by product. */
  readonly heads: (ctx: ReadCtx, ids: readonly ProductId[], locale: Locale) => Promise<ReadonlyMap<ProductId, string>>;
  /** Makes a feed anew, and keeps it as the one that is given out. */
  readonly produce: (ctx: ReadCtx, key: FeedKey) => Promise<void>;
};
