import type { Locale, ProductSummaryView, ProductView } from "@weft/contracts";
import { asId, asIdOrNull, isId, type CategoryId, type PlaceId, type ProductId } from "@weft/kernel";
import { sql } from "kysely";
import { z } from "zod";
import { catalogSnapshot, readGtin, searchProducts, type Catalog, type Goods, type Product } from "../../modules/catalog/index.ts";
import { pricingSnapshot } from "../../modules/pricing/index.ts";
import { pageFrom, readCursor, type ReadCtx } from "../../platform/index.ts";
import { isNarrow } from "./facets.ts";
import { foundPage, type FoundPage, type FoundQuery } from "./found-page.ts";
import { inMenu, menuOf } from "./menu.ts";
import { presentProduct, presentSummary } from "./present.ts";
import { showingOf } from "./showing.ts";

export type ProductQuery = {
  readonly query?: string | undefined;
  readonly storeId?: string | undefined;
  readonly categoryId?: string | undefined;
  readonly barcode?: string | undefined;
  readonly sku?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly locale: Locale;
  readonly inStock?: boolean | undefined;
  readonly priceFrom?: number | undefined;
  readonly priceTo?: number | undefined;
  /** Allergens, separated by commas. */
  readonly without?: string | undefined;
  /** `milk.oat` */
  readonly option?: string | undefined;
  readonly facets?: boolean | undefined;
};

type Page<Item> = { items: Item[]; nextCursor: string | null };

const HitCursor = z.object({ productId: z.uuid(), stage: z.int().min(0).max(2), popularity: z.int32() });
const MenuCursor = z.object({ productId: z.uuid() });

/**
 * A page of products with price and stock at a store. Catalog and prices come from memory; stock and sold-out marks are asked, in one
 * statement for the page; a search is one more, a signed-in customer's price groups another.
 */
export async function productPage(ctx: ReadCtx, query: ProductQuery): Promise<FoundPage> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const exact = findExactly(catalog, query);
  if (exact) {
    const sold = exact.filter(({ product }) => catalog.isSoldOn(product.id, ctx.actor.channelId));
    return { items: await summariesOf(ctx, catalog, sold, placeOf(query)), nextCursor: null };
  }
  const wanted = foundQueryOf(query);
  if (wanted.text !== null || wanted.wantsFacets || isNarrow(wanted)) return foundPage(ctx, catalog, wanted);
  const page = menuPage(ctx, catalog, query);
  return { items: await summariesOf(ctx, catalog, page.items, placeOf(query)), nextCursor: page.nextCursor };
}

function foundQueryOf(query: ProductQuery): FoundQuery {
  const { inStock, priceFrom, priceTo, locale, cursor, limit } = query;
  const text = query.query?.trim();
  const [group, value] = query.option?.split(".") ?? [];
  return {
    text: text === undefined || text === "" ? null : text,
    locale,
    cursor,
    limit,
    inStock,
    priceFrom,
    priceTo,
    categoryId: asIdOrNull<CategoryId>(query.categoryId), // brands exist only in types
    placeId: placeOf(query),
    without: query.without?.split(",").filter((allergen) => allergen !== ""),
    option: group !== undefined && value !== undefined ? { group, value } : undefined,
    wantsFacets: query.facets === true,
  };
}

function placeOf({ storeId }: { readonly storeId?: string | undefined }): PlaceId | null {
  return asIdOrNull<PlaceId>(storeId); // the brand exists only in types
}

/** A product to show, and the variant that was asked for when it was one. */
type Found = { readonly product: Product; readonly goods?: Goods };

/** By barcode or SKU there is one answer or none; typed into the search field they count when they fit. */
function findExactly(catalog: Catalog, { barcode, sku, query, cursor }: ProductQuery): Found[] | undefined {
  if (barcode !== undefined) return asFound(catalog, byBarcode(catalog, barcode));
  if (sku !== undefined) return asFound(catalog, catalog.bySku(sku));
  const text = query?.trim();
  const goods = text && cursor === undefined ? (catalog.bySku(text.toUpperCase()) ?? byBarcode(catalog, text)) : undefined;
  return goods && asFound(catalog, goods);
}

function byBarcode(catalog: Catalog, text: string): Goods | undefined {
  const read = readGtin(text);
  return read.ok ? catalog.byBarcode(read.value.gtin) : undefined;
}

function asFound(catalog: Catalog, goods: Goods | undefined): Found[] {
  const product = goods && catalog.products.get(goods.productId);
  return product ? [{ product, goods }] : [];
}

async function searchPage(ctx: ReadCtx, catalog: Catalog, query: ProductQuery, text: string): Promise<Page<Found>> {
  const hits = await searchProducts(ctx, {
    text,
    locale: query.locale,
    categoryIds: query.categoryId ? [...catalog.categoriesFrom(asId<CategoryId>(query.categoryId))] : null, // brands exist only in types, here and below
    placeId: placeOf(query),
    after: readCursor(HitCursor, query.cursor) as { productId: ProductId; stage: number; popularity: number } | null, // HitCursor read an id there
    limit: query.limit + 1,
  });
  const { items, nextCursor } = pageFrom(
    hits,
    query.limit,
    ({ productId }) => catalog.products.get(productId),
    (hit) => hit,
  );
  // One that was added a moment ago is found, but not in the snapshot yet.
  return { items: items.flatMap((product) => (product?.variants.length ? [{ product }] : [])), nextCursor };
}

function menuPage(ctx: ReadCtx, catalog: Catalog, query: ProductQuery): Page<Found> {
  const menu = menuOf(catalog, asIdOrNull<CategoryId>(query.categoryId));
  const after = readCursor(MenuCursor, query.cursor);
  const rows = inMenu(catalog, menu, {
    placeId: placeOf(query),
    channelId: ctx.actor.channelId,
    after: asIdOrNull<ProductId>(after?.productId),
    limit: query.limit + 1,
  });
  return pageFrom(
    rows,
    query.limit,
    (product) => ({ product }),
    ({ id }) => ({ productId: id }),
  );
}

async function summariesOf(
  ctx: ReadCtx,
  catalog: Catalog,
  found: readonly Found[],
  placeId: PlaceId | null,
): Promise<ProductSummaryView[]> {
  if (found.length === 0) return [];
  const showing = await showingOf(
    ctx,
    catalog,
    found.map(({ product }) => product),
    placeId,
  );
  return found.map(({ product, goods }) => presentSummary(product, showing, goods?.variantId));
}

/** One product by id or slug, as sold at a store; undefined when it is not sold at all, but staff see that too. */
export async function productByKey(ctx: ReadCtx, key: string, placeId: PlaceId | null): Promise<ProductView | undefined> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const product = isId(key) ? catalog.products.get(asId<ProductId>(key)) : catalog.bySlug(key); // an id by its form
  if (!product || product.variants.length === 0 || !(isOpenTo(ctx, catalog, product) || ctx.actor.staff)) return undefined;
  return presentProduct(product, await showingOf(ctx, catalog, [product], placeId));
}

/** Whether the caller's channel shows a product. */
function isOpenTo({ actor }: ReadCtx, catalog: Catalog, { id, isActive }: Product): boolean {
  return isActive && catalog.isSoldOn(id, actor.channelId);
}

/** Everything that a place sells, with prices. The version changes with the catalog and with prices; stock and sold-out marks are of now. */
export async function placeCatalog(
  ctx: ReadCtx,
  placeId: PlaceId,
): Promise<{ version: string; catalog: Catalog; products: ProductView[] }> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const { revision } = await ctx.snapshots.current(pricingSnapshot);
  const sold = catalog.menu.filter(({ id }) => catalog.isSoldAt(id, placeId) && catalog.isSoldOn(id, ctx.actor.channelId));
  const showing = await showingOf(ctx, catalog, sold, placeId);
  return { version: `${catalog.revision}.${revision}`, catalog, products: sold.map((product) => presentProduct(product, showing)) };
}

export type OfficeQuery = {
  readonly query?: string | undefined;
  readonly placeId?: string | undefined;
  readonly soldOut?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly locale: Locale;
};

/** Products for the office, taken-off ones too, or only those with (without) something sold out there or anywhere. */
export async function officePage(ctx: ReadCtx, query: OfficeQuery): Promise<Page<ProductView>> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const placeId = asIdOrNull<PlaceId>(query.placeId); // the brand exists only in types
  const marked = query.soldOut === undefined ? null : await markedVariants(ctx, placeId);
  const isWanted = ({ variants }: Product): boolean => marked === null || variants.some(({ id }) => marked.has(id)) === query.soldOut;
  const page = query.query?.trim()
    ? await searchPage(ctx, catalog, { ...query, storeId: undefined }, query.query)
    : everyProductPage(catalog, query, isWanted);
  const products = page.items.map(({ product }) => product).filter(isWanted);
  const showing = await showingOf(ctx, catalog, products, placeId);
  return { items: products.map((product) => presentProduct(product, showing)), nextCursor: page.nextCursor };
}

function everyProductPage(catalog: Catalog, query: OfficeQuery, isWanted: (product: Product) => boolean): Page<Found> {
  const after = readCursor(MenuCursor, query.cursor);
  const inactive = [...catalog.products.values()].filter(({ isActive, variants }) => !isActive && variants.length > 0);
  const every = [...catalog.menu, ...inactive];
  const start = after ? every.findIndex(({ id }) => id === after.productId) + 1 : 0;
  const rows = every
    .slice(start)
    .filter(isWanted)
    .slice(0, query.limit + 1);
  return pageFrom(
    rows,
    query.limit,
    (product) => ({ product }),
    ({ id }) => ({ productId: id }),
  );
}

async function markedVariants(ctx: ReadCtx, placeId: PlaceId | null): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct variant_id as id from catalog.read_sold_out where ${placeId}::uuid is null or place_id = ${placeId}`.execute(ctx.db);
  return new Set(rows.map(({ id }) => id));
}
