import type { Locale, LocalizedText } from "@weft/contracts";
import type { ChannelId, PlaceId, UnitPrice } from "@weft/kernel";
import { catalogSnapshot, fullName, type Catalog, type Product, type Variant } from "../../modules/catalog/index.ts";
import type { Channel } from "../../modules/channels/index.ts";
import { placesSnapshot, type Place } from "../../modules/places/index.ts";
import { goodsStates, isCounted, placesOffered, saleState, type GoodsStates, type SaleState } from "../../modules/promises/index.ts";
import { SYSTEM, type ReadCtx } from "../../platform/index.ts";
import { decimalPrice, feedPictures, tabText, worldGtin, xmlText, depositWords } from "./feed-items.ts";
import { priceWindow, type PriceWindow } from "./price-tags.ts";
import { promotedGoods } from "../../modules/pricing/index.ts";

/** So many products are asked about at once. */
const PAGE_PRODUCTS = 200;
/** The longest id, title and description that are taken; more pictures than these are not. */
const MOST = { id: 50, title: 150, description: 5000, pictures: 10 } as const;

export type FeedWish = {
  readonly channel: Channel;
  readonly locale: Locale;
  /** Where the shop is: `https://shop.example.com`. */
  readonly publicUrl: string;
  readonly brand: string;
};

type Offer = { readonly product: Product; readonly variant: Variant };

/**
 * The products of a channel as an RSS 2.0 feed, page by page: what it sells, at its prices, with the availability over all places that it may
 * promise [CAT-15]. Attributes as in Google's product data specification (support.google.com/merchants/answer/7052112) and its RSS
 * form (support.google.com/merchants/answer/14987622). What has no price with tax inside is left out: such a feed shows what people pay.
 */
export async function* productFeed(ctx: ReadCtx, wish: FeedWish): AsyncGenerator<string> {
  const { channel, publicUrl, brand } = wish;
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const prices = await priceWindow(asVisitor(ctx, channel.id), null, { taxIncluded: true });
  const places = await placesOf(ctx, channel);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n<title>${xmlText(brand)}</title>\n<link>${xmlText(`${publicUrl}/shop/`)}</link>\n<description>${xmlText(channel.name)}</description>\n`;
  for (const offers of pagesOf(catalog, channel.id)) {
    const stateAt = await statesOf(ctx, offers, places);
    yield offers.map((offer) => itemOf(offer, { ...wish, catalog, prices, sold: soldAnywhere(catalog, places, stateAt) })).join("");
  }
  yield "</channel>\n</rss>\n";
}

/**
 * What each store has of a channel's products, tab separated, page by page; tracked goods with their units [CAT-15]. Attributes as in
 * Google's local inventory specification (support.google.com/merchants/answer/14819809).
 */
export async function* inventoryFeed(ctx: ReadCtx, { channel }: FeedWish): AsyncGenerator<string> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const stores = (await placesOf(ctx, channel)).filter(({ kind }) => kind === "store");
  const windows = new Map<PlaceId, PriceWindow>();
  for (const { id } of stores) windows.set(id, await priceWindow(asVisitor(ctx, channel.id), id, { taxIncluded: true }));
  yield "store_code\tid\tquantity\tprice\tsale_price\tsale_price_effective_date\tavailability\tpickup_method\tpickup_sla\n";
  for (const offers of pagesOf(catalog, channel.id)) {
    const stateAt = await statesOf(ctx, offers, stores);
    yield stores
      .flatMap((store) => offers.map((offer) => inventoryLine(offer, store, { catalog, stateAt, prices: windows.get(store.id) })))
      .join("");
  }
}

/** The prices of a channel are those that its visitors see before anybody knows them. */
const asVisitor = (ctx: ReadCtx, channelId: ChannelId): ReadCtx => ({ ...ctx, actor: { ...SYSTEM, kind: "publishable", channelId } });

/** The places that the channel may promise, as availability tells them. */
async function placesOf(ctx: ReadCtx, channel: Channel): Promise<Place[]> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const active = [...places.values()].filter(({ status }) => status === "active");
  const isOffered = await placesOffered(ctx, { channelId: channel.id }, active);
  return active.filter(({ id }) => isOffered(id)).toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function* pagesOf(catalog: Catalog, channelId: ChannelId): Generator<Offer[]> {
  for (let start = 0; start < catalog.menu.length; start += PAGE_PRODUCTS) {
    const sold = catalog.menu.slice(start, start + PAGE_PRODUCTS).filter(({ id }) => catalog.isSoldOn(id, channelId));
    const offers = sold.flatMap((product) => product.variants.map((variant) => ({ product, variant })));
    const named = offers.filter(({ variant }) => variant.sku.length <= MOST.id);
    if (named.length > 0) yield named;
  }
}

async function statesOf(ctx: ReadCtx, offers: readonly Offer[], places: readonly Place[]): Promise<GoodsStates> {
  return goodsStates(
    ctx,
    offers.map(({ variant }) => variant.id),
    places.map(({ id }) => id),
  );
}

/** How goods can be had at the places that sell them: now, or ahead of the day on which they come [PRM-41]. */
export function soldAnywhere(catalog: Catalog, places: readonly Pick<Place, "id">[], stateAt: GoodsStates): (offer: Offer) => SaleState {
  return (offer) => {
    const tracked = isCounted(catalog, offer);
    const selling = places.filter(({ id }) => catalog.isSoldAt(offer.product.id, id));
    return saleState(selling.map(({ id }) => ({ tracked, ...stateAt(offer.variant.id, id) })));
  };
}

/** Units that a place can give of goods now; without an end for what is made to order, 0 where it is not sold or sold out. */
function unitsAt({ product, variant }: Offer, placeId: PlaceId, { catalog, stateAt }: { catalog: Catalog; stateAt: GoodsStates }): number {
  if (!catalog.isSoldAt(product.id, placeId)) return 0;
  const { available, soldOut } = stateAt(variant.id, placeId);
  if (soldOut) return 0;
  return isCounted(catalog, { product, variant }) ? Math.max(0, available ?? 0) : Number.POSITIVE_INFINITY;
}

type ItemParts = FeedWish & { readonly catalog: Catalog; readonly prices: PriceWindow; readonly sold: (offer: Offer) => SaleState };

function itemOf(offer: Offer, { catalog, prices, sold, locale, publicUrl }: ItemParts): string {
  const { product, variant } = offer;
  const price = prices.priceOf(variant.id);
  if (price === null) return "";
  const state = sold(offer);
  const title = inLocale(fullName(product.name, variant.name), locale).slice(0, MOST.title);
  const gtin = worldGtin(variant);
  const sale = saleOf(offer, price, { catalog, prices });
  const deposit = depositWords(prices.depositOf(variant.id), locale);
  const [first, ...more] = feedPictures(product, variant.id).map((url) => publicUrl + url);
  const attributes: readonly (readonly [string, string | undefined])[] = [
    ["g:id", variant.sku],
    ["g:title", title],
    ["g:description", [inLocale(product.description, locale) || title, deposit].filter(Boolean).join(" · ").slice(0, MOST.description)],
    ["g:link", `${publicUrl}/shop/p/${encodeURIComponent(product.slug)}`],
    ["g:image_link", first],
    ...more.slice(0, MOST.pictures).map((url) => ["g:additional_image_link", url] as const),
    ["g:availability", state.kind],
    ["g:availability_date", "on" in state ? `${state.on}T00:00+0000` : undefined],
    ["g:price", `${decimalPrice(price)} ${price.currency}`],
    ["g:sale_price", sale?.price],
    ["g:sale_price_effective_date", sale?.dates],
    ["g:unit_pricing_measure", measureOf(price)],
    ["g:condition", "new"],
    ["g:brand", product.brand],
    ["g:gtin", gtin],
    ["g:mpn", variant.mpn],
    ["g:identifier_exists", isIdentified({ brand: product.brand, gtin, mpn: variant.mpn }) ? undefined : "no"],
    ["g:item_group_id", product.variants.length > 1 ? product.slug.slice(0, MOST.id) : undefined],
    ["g:product_type", categoryPath(catalog, product, locale)],
  ];
  const lines = attributes.flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [`<${name}>${xmlText(value)}</${name}>`],
  );
  return `<item>\n${lines.join("\n")}\n</item>\n`;
}

/** Whether others can tell goods by the maker's own marks: a barcode of the world, or the brand with the maker's number. */
const isIdentified = ({ brand, gtin, mpn }: { readonly brand: string; readonly gtin: string | undefined; readonly mpn: string }): boolean =>
  gtin !== undefined || (brand !== "" && mpn !== "");

type Sale = { readonly price: string; readonly dates: string | undefined };

/** What one of it costs less by promotions, and when, where that has two ends. What asks for more than one piece is no price. */
function saleOf(
  { product }: Offer,
  price: UnitPrice,
  { catalog, prices }: { readonly catalog: Catalog; readonly prices: PriceWindow },
): Sale | undefined {
  const reduced = prices.promotions.reducedOf(promotedGoods(catalog, product), price);
  if (!reduced) return undefined;
  const dates = reduced.from && reduced.to ? `${toMinute(reduced.from)}/${toMinute(reduced.to)}` : undefined;
  return { price: `${decimalPrice(reduced.price)} ${price.currency}`, dates };
}

/** A moment as both specifications write it: `2026-03-02T15:00+0000`. */
const toMinute = (at: Date): string => `${at.toISOString().slice(0, 16)}+0000`;

/** Weighed goods say for how much their price is. */
const measureOf = ({ per }: UnitPrice): string | undefined => (per.unit === "gram" ? `${per.quantity} g` : undefined);

/** The category with those above it: `Drinks > Coffee`. */
export function categoryPath(catalog: Catalog, { categoryId }: Product, locale: Locale): string {
  const byId = new Map(catalog.categories.map((category) => [category.id, category]));
  const names: string[] = [];
  for (let at = byId.get(categoryId); at; at = at.parentId === null ? undefined : byId.get(at.parentId))
    names.unshift(inLocale(at.name, locale));
  return names.join(" > ");
}

/** A text in a language, else in English, which is always there. */
export function inLocale(text: LocalizedText, locale: Locale): string {
  return text[locale] || text.en;
}

type LineParts = { readonly catalog: Catalog; readonly stateAt: GoodsStates; readonly prices: PriceWindow | undefined };

function inventoryLine(offer: Offer, store: Place, { catalog, stateAt, prices }: LineParts): string {
  const price = prices?.priceOf(offer.variant.id) ?? null;
  if (!prices || price === null || !catalog.isSoldAt(offer.product.id, store.id)) return "";
  const units = unitsAt(offer, store.id, { catalog, stateAt });
  const canCollect = store.services.includes("collect");
  const sale = saleOf(offer, price, { catalog, prices });
  const values = [
    store.code,
    offer.variant.sku,
    Number.isFinite(units) ? String(units) : "",
    `${decimalPrice(price)} ${price.currency}`,
    sale?.price ?? "",
    sale?.dates ?? "",
    units > 0 ? "in stock" : "out of stock",
    canCollect ? "buy" : "not supported",
    canCollect ? "same day" : "",
  ];
  return `${values.map(tabText).join("\t")}\n`;
}
