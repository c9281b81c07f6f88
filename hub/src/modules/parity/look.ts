import type { ProductSummaryView, ProductView, ReducedPriceView, ShownPromotionView } from "@weft/contracts";
import { asId, type ProductId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot, fullName } from "../catalog/index.ts";
import { programNow } from "../loyalty/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { termsBy, type Book } from "./book.ts";
import { nameText, pathOf, priceText, readPageData, unitsText, type Values } from "./domain/index.ts";
import type { FeedFacts } from "./feeds.ts";
import type { ShopWindows } from "./ports.ts";
import { pointsText, promiseText, promotionText } from "./said.ts";
import type { OpenWindow } from "./windows.ts";

/** What a window says of the variants of a page of products, by SKU. What it does not show is absent. */
export type Seen = ReadonlyMap<string, Values>;

type Parts = {
  readonly windows: ShopWindows;
  readonly ids: readonly ProductId[];
  readonly book: Book;
  /** What feeds say of these products: read once for all windows. */
  readonly lines: FeedLines;
};

/** Looks into one window: what it says of a page of products now, or when it was made. */
export async function lookInto(ctx: ReadCtx, window: OpenWindow, { windows, ids, book, lines }: Parts): Promise<Seen> {
  const { channelId, placeId, kind, place } = window;
  if (window.feed) return lines(window.feed, place?.code ?? "");
  if (kind === "page_data") return headsSeen(await windows.heads(ctx, ids, window.locale ?? "en"));
  if (placeId === null) return new Map();
  const stand = { channelId, placeId };
  if (kind === "board") return boardSeen(await windows.boards(ctx, ids, stand));
  const views = kind === "till" ? await windows.tills(ctx, ids, stand) : await windows.pages(ctx, ids, stand);
  return pagesSeen(ctx, window, views, book);
}

async function pagesSeen(ctx: ReadCtx, window: OpenWindow, views: readonly ProductView[], book: Book): Promise<Seen> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const rule = (await programNow(ctx))?.rule;
  const terms = termsBy(catalog, (id) => places.get(id));
  const { channelId, placeId, kind } = window;
  const seen = new Map<string, Values>();
  for (const view of views) {
    const product = catalog.products.get(asId<ProductId>(view.id));
    for (const { id, sku, name, price, reduced, availability } of view.variants) {
      const isOffered = placeId !== null && book.isOffered(channelId, placeId);
      seen.set(sku, {
        name: nameText(fullName(view.name, name)),
        price: price && priceText(price, true),
        promotion: conditionsText(reduced, view.promotions),
        tax: view.taxClass,
        picture: pathOf(view.pictureUrl),
        availability: availability.inAssortment ? unitsText(availability) : "not_sold",
        points: price && rule ? pointsText(rule, price) : null,
        ...(placeId !== null && { promise: promiseText(isOffered ? book.promiseAt(asId(id), placeId) : null) }),
        ...(kind === "page" && placeId !== null && product && { return_terms: terms(product, placeId) }),
      });
    }
  }
  return seen;
}

function boardSeen(views: readonly ProductSummaryView[]): Seen {
  return new Map(
    views.map(({ defaultSku, name, price, reduced, promotions, pictureUrl, availability }) => [
      defaultSku,
      {
        name: nameText(name),
        price: price && priceText(price, true),
        promotion: conditionsText(reduced, promotions),
        picture: pathOf(pictureUrl),
        availability: availability.inAssortment ? unitsText(availability) : "not_sold",
      },
    ]),
  );
}

function conditionsText(reduced: ReducedPriceView | null, promotions: readonly ShownPromotionView[]): string | null {
  return promotionText(
    reduced && priceText(reduced.price, true),
    promotions.map(({ name }) => name.en),
  );
}

function headsSeen(heads: ReadonlyMap<ProductId, string>): Seen {
  return new Map([...heads.values()].flatMap((html) => [...(readPageData(html) ?? [])]));
}

/** What a feed says of some goods, at a store where it is about one. */
export type FeedLines = (feed: FeedFacts, storeCode: string) => Seen;

/** Reads the lines of feeds about some SKUs, one statement for each feed. */
export async function readFeedLines({ db }: Pick<ReadCtx, "db">, feeds: readonly FeedFacts[], skus: readonly string[]): Promise<FeedLines> {
  const found = new Map<string, Map<string, Values>>();
  for (const feed of feeds) {
    const { rows } = await sql<{ sku: string; storeCode: string; says: Values }>`
      select sku, store_code as "storeCode", says from parity.feed_line
       where channel_id = ${feed.channelId} and kind = ${feed.kind} and locale = ${feed.locale} and sku = any (${[...skus]}::text[])`.execute(
      db,
    );
    for (const { sku, storeCode, says } of rows) {
      const key = keyOf(feed, storeCode);
      const seen = found.get(key) ?? new Map<string, Values>();
      found.set(key, seen.set(sku, says));
    }
  }
  return (feed, storeCode) => found.get(keyOf(feed, storeCode)) ?? new Map();
}

const keyOf = ({ channelId, kind, locale }: FeedFacts, storeCode: string): string => `${channelId}/${kind}/${locale}/${storeCode}`;
