import { pictureAt, type Locale } from "@weft/contracts";
import type { ProductId } from "@weft/kernel";
import { catalogSnapshot, type Catalog, type Product, type Variant } from "../../modules/catalog/index.ts";
import { channelsSnapshot } from "../../modules/channels/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { goodsStates, placesOffered, type SaleState } from "../../modules/promises/index.ts";
import { SYSTEM, type ReadCtx } from "../../platform/index.ts";
import { categoryPath, inLocale, soldAnywhere } from "./feed.ts";
import { decimalPrice, worldGtin, depositWords } from "./feed-items.ts";
import { priceWindow, type PriceWindow } from "./price-tags.ts";
import { promotedGoods } from "../../modules/pricing/index.ts";

export type PageWish = { readonly slug: string; readonly locale: Locale; readonly publicUrl: string; readonly brand: string };

/**
 * What the head of a product's page in the shop says to those who read no script: title, description, and the product with its offers as
 * JSON-LD by schema.org (Product, Offer) [CAT-12]. Prices and availability are those of the shop's channel over all places that it may
 * promise. Undefined for what the shop does not sell.
 */
export async function productHead(ctx: ReadCtx, { slug, ...wish }: PageWish): Promise<string | undefined> {
  const product = (await ctx.snapshots.current(catalogSnapshot)).bySlug(slug);
  return product && (await productHeads(ctx, [product.id], wish)).get(product.id);
}

/** The heads of the pages of several products, by product; those that the shop does not sell have none. One statement for all. */
export async function productHeads(
  ctx: ReadCtx,
  ids: readonly ProductId[],
  wish: Omit<PageWish, "slug">,
): Promise<ReadonlyMap<ProductId, string>> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const shop = [...channels.values()].find(({ app, circle }) => app === "shop" && circle === null);
  const products = ids.flatMap((id) => catalog.products.get(id) ?? []);
  const sold = products.filter(({ id, isActive, variants }) => isActive && variants.length > 0 && catalog.isSoldOn(id, shop?.id ?? null));
  if (!shop || sold.length === 0) return new Map();
  const visitor: ReadCtx = { ...ctx, actor: { ...SYSTEM, kind: "publishable", channelId: shop.id } };
  const active = [...(await ctx.snapshots.current(placesSnapshot)).places.values()].filter(({ status }) => status === "active");
  const isOffered = await placesOffered(ctx, { channelId: shop.id }, active);
  const places = active.filter(({ id }) => isOffered(id));
  const stateAt = await goodsStates(
    ctx,
    sold.flatMap(({ variants }) => variants.map(({ id }) => id)),
    places.map(({ id }) => id),
  );
  const stateOf = soldAnywhere(catalog, places, stateAt);
  const prices = await priceWindow(visitor, null, { taxIncluded: true });
  return new Map(
    sold.map((product) => {
      const data = productData(product, { ...wish, catalog, prices, stateOf: (variant) => stateOf({ product, variant }) });
      return [product.id, headOf(product, data, wish)];
    }),
  );
}

type Parts = Omit<PageWish, "slug"> & {
  readonly catalog: Catalog;
  readonly prices: PriceWindow;
  readonly stateOf: (variant: Variant) => SaleState;
};

/** The product as schema.org has it, one offer per variant that has a price. */
function productData(product: Product, parts: Parts): Record<string, unknown> {
  const { catalog, locale, publicUrl, brand, prices, stateOf } = parts;
  const goods = promotedGoods(catalog, product);
  const url = `${publicUrl}/shop/p/${encodeURIComponent(product.slug)}`;
  const images = product.pictures.map((picture) => pictureAt(picture.url, "feed"));
  const offers = product.variants.flatMap((variant) => {
    const price = prices.priceOf(variant.id);
    if (price === null) return [];
    const reduced = prices.promotions.reducedOf(goods, price);
    const gtin = worldGtin(variant);
    const own = product.pictures.find(({ variantId }) => variantId === variant.id);
    return {
      "@type": "Offer",
      url,
      sku: variant.sku,
      ...(prices.depositOf(variant.id) && { description: depositWords(prices.depositOf(variant.id), locale) }),
      ...(gtin !== undefined && { gtin }),
      ...(variant.mpn !== "" && { mpn: variant.mpn }),
      ...(variant.name.en !== "" && { name: inLocale(variant.name, locale) }),
      ...(own && { image: publicUrl + pictureAt(own.url, "feed") }),
      price: decimalPrice(reduced?.price ?? price),
      priceCurrency: price.currency,
      ...(reduced && {
        priceSpecification: {
          "@type": "UnitPriceSpecification",
          priceType: "https://schema.org/StrikethroughPrice",
          price: decimalPrice(price),
          priceCurrency: price.currency,
        },
      }),
      ...(reduced?.to && { priceValidUntil: reduced.to.toISOString() }),
      ...availabilityData(stateOf(variant)),
      itemCondition: "https://schema.org/NewCondition",
      seller: { "@type": "Organization", name: brand },
    };
  });
  const [only] = product.variants.length === 1 ? product.variants : [];
  const gtin = only && worldGtin(only);
  return {
    "@context": "https://schema.org",
    "@type": "Product",
    "@id": url,
    url,
    name: inLocale(product.name, locale),
    ...(inLocale(product.description, locale) !== "" && { description: inLocale(product.description, locale) }),
    ...(images.length > 0 && { image: images.map((path) => publicUrl + path) }),
    ...(only && { sku: only.sku }),
    ...(gtin !== undefined && { gtin }),
    ...(only && only.mpn !== "" && { mpn: only.mpn }),
    ...(product.brand !== "" && { brand: { "@type": "Brand", name: product.brand } }),
    category: categoryPath(catalog, product, locale),
    // A product without an offer is none that a search engine shows as one, so it says nothing of offers.
    ...(offers.length > 0 && { offers: offers.length === 1 ? offers[0] : offers }),
  };
}

const SCHEMA_STATES = { in_stock: "InStock", out_of_stock: "OutOfStock", backorder: "BackOrder", preorder: "PreOrder" } as const;

/** How it can be had, by the words of schema.org, and from when on. */
function availabilityData(state: SaleState): Record<string, string> {
  return { availability: `https://schema.org/${SCHEMA_STATES[state.kind]}`, ...("on" in state && { availabilityStarts: state.on }) };
}

function headOf(product: Product, data: Record<string, unknown>, { locale, brand, publicUrl }: Omit<PageWish, "slug">): string {
  const [picture] = product.pictures;
  const title = inLocale(product.name, locale);
  const description = inLocale(product.description, locale).slice(0, 300);
  return [
    `<title>${htmlText(`${title} · ${brand}`)}</title>`,
    ...(description === "" ? [] : [`<meta name="description" content="${htmlText(description)}" />`]),
    `<meta property="og:title" content="${htmlText(title)}" />`,
    ...(picture === undefined ? [] : [`<meta property="og:image" content="${htmlText(publicUrl + pictureAt(picture.url, "feed"))}" />`]),
    `<link rel="canonical" href="${htmlText(String(data["url"]))}" />`,
    // A script that is data runs nothing; `<` could still end it.
    `<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`,
  ].join("\n    ");
}

function htmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
