import type { Locale, ProductFacetsView, ProductSummaryView } from "@weft/contracts";
import { asId, asIdOrNull, type CategoryId, type PlaceId, type ProductId, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { z } from "zod";
import { searchProducts, type Catalog, type Product, type ProductHit } from "../../modules/catalog/index.ts";
import { promotedGoods } from "../../modules/pricing/index.ts";
import { readCursor, writeCursor, type ReadCtx } from "../../platform/index.ts";
import { countFacets, isNarrow, isWanted, type Counted, type Narrowing } from "./facets.ts";
import { inMenu, menuOf } from "./menu.ts";
import { presentAvailability, presentSummary, variantOnShow, type Showing } from "./present.ts";
import { showingOf } from "./showing.ts";

/** What is looked for, and how it is narrowed down. */
export type FoundQuery = Narrowing & {
  /** Without a text it is the menu. */
  readonly text: string | null;
  readonly locale: Locale;
  readonly categoryId: CategoryId | null;
  readonly placeId: PlaceId | null;
  readonly wantsFacets: boolean;
  readonly cursor: string | undefined;
  readonly limit: number;
};

export type FoundPage = { readonly items: ProductSummaryView[]; readonly nextCursor: string | null; readonly facets?: ProductFacetsView };

/**
 * Products are found in blocks, and put in order within each; a page may take from several. A block holds a page and some more, so that what
 * is not there can go behind the page. No more: among 100,000 products the 200 most popular hold only so many hits, and looking further is slow.
 */
const BEYOND_A_PAGE = 12;
/** For somebody who has bought before it reaches further down: what they know may be less popular. */
const KNOWN_BLOCK = 60;
/** What narrows looks at more of them at once, because fewer remain. */
const WIDE_BLOCK = 400;
/** So many blocks are looked through for one page; then it is what it is, and the reader may ask on. */
const MOST_BLOCKS = 5;
/** So many more than a page needs are read at once, since some are not there. */
const SPARE = 4;

/** The last product before a block, how long blocks are, and how many of this one in its order were given already. */
const BlockCursor = z.object({
  after: z.object({ productId: z.uuid(), stage: z.int().min(0).max(2), popularity: z.int32() }).nullable(),
  given: z.int().min(0).max(WIDE_BLOCK),
  size: z.int().min(1).max(WIDE_BLOCK),
});

/**
 * A page of what fits a text, or of the menu, narrowed down [CAT-13]. What a text found stands in the order of its fit, but what is not there
 * now comes last, and what the customer has bought before first [CAT-14]. One statement finds a block, one reads its stock, one more what a
 * signed-in customer bought.
 */
export async function foundPage(ctx: ReadCtx, catalog: Catalog, query: FoundQuery): Promise<FoundPage> {
  const start = readCursor(BlockCursor, query.cursor);
  const isWide = query.wantsFacets || isNarrow(query);
  const size = start?.size ?? (isWide ? WIDE_BLOCK : Math.max(query.limit + BEYOND_A_PAGE, ctx.actor.customer ? KNOWN_BLOCK : 0));
  let after = start && asHit(start.after);
  let given = start?.given ?? 0;
  let facets: ProductFacetsView | undefined;
  const items: ProductSummaryView[] = [];
  for (let block = 0; block < MOST_BLOCKS; block++) {
    const hits = await nextHits(ctx, catalog, query, { after, limit: size + 1 });
    const isLast = hits.length <= size;
    const found = foundOf(ctx, catalog, hits.slice(0, size));
    const read = isWide
      ? await readWhole(ctx, catalog, query, found)
      : await readFirst(ctx, catalog, query, found, given + query.limit - items.length);
    if (query.wantsFacets && !start && block === 0)
      facets = countFacets(read.counted, narrowingOf(catalog, query), { isPartial: !isLast, hasPlace: query.placeId !== null });
    const rest = read.inOrder.slice(given);
    const taken = rest.slice(0, query.limit - items.length);
    items.push(...taken.map(({ product, showing }) => presentSummary(product, showing)));
    given += taken.length;
    const isUsedUp = read.isWhole && taken.length === rest.length;
    if (isUsedUp && isLast) return { items, nextCursor: null, ...(facets && { facets }) };
    if (isUsedUp) [after, given] = [hits[size - 1] ?? null, 0];
    if (items.length === query.limit) break;
  }
  return { items, nextCursor: writeCursor({ after, given, size }), ...(facets && { facets }) };
}

/** The brands of ids exist only in types; the cursor's schema read ids there. */
const asHit = (hit: z.output<typeof BlockCursor>["after"]): ProductHit | null =>
  hit && { ...hit, productId: asId<ProductId>(hit.productId) };

type Wanted = { readonly after: ProductHit | null; readonly limit: number };

async function nextHits(ctx: ReadCtx, catalog: Catalog, query: FoundQuery, { after, limit }: Wanted): Promise<ProductHit[]> {
  const { text, locale, categoryId, placeId } = query;
  if (text !== null)
    return searchProducts(ctx, {
      text,
      locale,
      placeId,
      after,
      limit,
      // Facets of a text tell of other categories too, so the category narrows what was found; else it narrows the search.
      categoryIds: categoryId === null || query.wantsFacets ? null : [...catalog.categoriesFrom(categoryId)],
    });
  const menu = menuOf(catalog, categoryId);
  const products = inMenu(catalog, menu, {
    placeId,
    channelId: ctx.actor.channelId,
    after: asIdOrNull<ProductId>(after?.productId),
    limit,
  });
  return products.map(({ id }) => ({ productId: id, stage: 0, popularity: 0 }));
}

/** `isWhole`: all of the block is in the order; else what stands first in it. */
type Block = { readonly counted: readonly Shown[]; readonly inOrder: readonly Shown[]; readonly isWhole: boolean };
type Shown = Counted & { readonly showing: Showing };
type Found = { readonly product: Product; readonly stage: number };

/** One that was added a moment ago is found, but not in the snapshot yet. */
function foundOf(ctx: ReadCtx, catalog: Catalog, hits: readonly ProductHit[]): Found[] {
  return hits.flatMap(({ productId, stage }) => productIn(ctx, catalog, productId).map((product) => ({ product, stage })));
}

async function readWhole(ctx: ReadCtx, catalog: Catalog, query: FoundQuery, found: readonly Found[]): Promise<Block> {
  const inFit = await orderOfFit(ctx, query, found);
  const counted = await shown(ctx, catalog, query, inFit);
  const wanted = counted.filter((one) => isWanted(one, narrowingOf(catalog, query)));
  return { counted, inOrder: query.text === null ? wanted : thereFirst(wanted), isWhole: true };
}

/** Of what a text found, reads no more than it takes to know the first `needed` in order: mostly 24 of 32. */
async function readFirst(ctx: ReadCtx, catalog: Catalog, query: FoundQuery, found: readonly Found[], needed: number): Promise<Block> {
  const inFit = await orderOfFit(ctx, query, found);
  const read: Shown[] = [];
  let known = 0;
  while (read.length < inFit.length && known < needed) {
    read.push(...(await shown(ctx, catalog, query, inFit.slice(read.length, read.length + needed - known + SPARE))));
    known = read.filter(({ isThere }) => isThere).length;
  }
  const isWhole = read.length === inFit.length;
  // What is not there stands behind what was not read.
  return { counted: read, inOrder: isWhole ? thereFirst(read) : read.filter(({ isThere }) => isThere), isWhole };
}

const thereFirst = (found: readonly Shown[]): Shown[] => found.toSorted((a, b) => Number(b.isThere) - Number(a.isThere));

/** Sorting is stable: with the same fit, what was bought before stands first, and then the more popular, as it was found. */
async function orderOfFit(ctx: ReadCtx, query: FoundQuery, found: readonly Found[]): Promise<Product[]> {
  if (query.text === null) return found.map(({ product }) => product);
  const bought = await boughtBefore(
    ctx,
    found.map(({ product }) => product.id),
  );
  const rank = ({ product, stage }: Found): number => stage * 2 + (bought.has(product.id) ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b)).map(({ product }) => product);
}

/**
 * What order and narrowing ask of products: what they cost and whether they are there. Their looks, with all that promotions say, are made
 * for those of the page only: of 400 that a facet counts these are 20.
 */
async function shown(ctx: ReadCtx, catalog: Catalog, query: FoundQuery, products: readonly Product[]): Promise<Shown[]> {
  const showing = await showingOf(ctx, catalog, products, query.placeId);
  return products.map((product) => {
    const variant = variantOnShow(product, showing);
    const listed = showing.prices.priceOf(variant.id);
    const reduced = listed && showing.prices.promotions.reducedOf(promotedGoods(catalog, product), listed);
    const { soldOut, tracked, available, inAssortment } = presentAvailability({ product, variant }, showing);
    const isThere = inAssortment && !soldOut && (!tracked || available === null || available > 0);
    return { product, showing, price: reduced?.price ?? listed, isThere };
  });
}

function productIn(ctx: ReadCtx, catalog: Catalog, id: ProductId): Product[] {
  const product = catalog.products.get(id);
  return product && product.variants.length > 0 && catalog.isSoldOn(id, ctx.actor.channelId) ? [product] : [];
}

function narrowingOf(catalog: Catalog, query: FoundQuery): Narrowing {
  return query.categoryId === null ? query : { ...query, categoryIds: catalog.categoriesFrom(query.categoryId) };
}

const NOTHING: ReadonlySet<ProductId> = new Set();

/** What of these a signed-in customer has bought, on any channel; nothing of who does not want to be known by it. */
async function boughtBefore(ctx: ReadCtx, found: readonly ProductId[]): Promise<ReadonlySet<ProductId>> {
  const recordId: RecordId | undefined = ctx.actor.customer?.recordId;
  if (recordId === undefined || found.length === 0) return NOTHING;
  const { rows } = await sql<{ productId: ProductId }>`
    select distinct l.product_id as "productId" from orders.read_state o join orders.read_line l on l.order_id = o.id
     where o.record_id in (select customers.records_of(${recordId})) and l.product_id = any (${found}::uuid[])
       and not customers.is_unprofiled(${recordId})`.execute(ctx.db);
  return new Set(rows.map(({ productId }) => productId));
}
