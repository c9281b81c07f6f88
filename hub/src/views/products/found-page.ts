import type { Locale, ProductFacetsView, ProductSummaryView } from "@weft/contracts";
import { asId, asIdOrNull, type CategoryId, type PlaceId, type ProductId, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { z } from "zod";
import { searchProducts, type Catalog, type Product, type ProductHit } from "../../modules/catalog/index.ts";
import { readCursor, writeCursor, type ReadCtx } from "../../platform/index.ts";
import { countFacets, isNarrow, isWanted, type Counted, type Narrowing } from "./facets.ts";
import { inMenu, menuOf } from "./menu.ts";
import { presentSummary, type Showing } from "./present.ts";
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

/** Products are found in blocks, and put in order within each; a page may take from several. */
const BLOCK = 60;
/** What narrows looks at more of them at once, because fewer remain. */
const WIDE_BLOCK = 400;
/** So many blocks are looked through for one page; then it is what it is, and the reader may ask on. */
const MOST_BLOCKS = 5;

/** The last product before a block, and how many of the block in its order were given already. */
const BlockCursor = z.object({
  after: z.object({ productId: z.uuid(), stage: z.int().min(0).max(2), popularity: z.int32() }).nullable(),
  given: z.int().min(0).max(WIDE_BLOCK),
});

/**
 * A page of what fits a text, or of the menu, narrowed down [CAT-13]. What a text found stands in the order of its fit, but what is not there
 * now comes last, and what the customer has bought before first [CAT-14]. One statement finds a block, one reads its stock, one more what a
 * signed-in customer bought.
 */
export async function foundPage(ctx: ReadCtx, catalog: Catalog, query: FoundQuery): Promise<FoundPage> {
  const isWide = query.wantsFacets || isNarrow(query);
  const size = isWide ? WIDE_BLOCK : BLOCK;
  const start = readCursor(BlockCursor, query.cursor);
  let after = start && asHit(start.after);
  let given = start?.given ?? 0;
  let facets: ProductFacetsView | undefined;
  const items: ProductSummaryView[] = [];
  for (let block = 0; block < MOST_BLOCKS; block++) {
    const hits = await nextHits(ctx, catalog, query, { after, limit: size + 1 });
    const isLast = hits.length <= size;
    const read = await readBlock(ctx, catalog, query, hits.slice(0, size));
    if (query.wantsFacets && !start && block === 0)
      facets = countFacets(read.counted, narrowingOf(catalog, query), { isPartial: !isLast, hasPlace: query.placeId !== null });
    const rest = read.inOrder.slice(given);
    const taken = rest.slice(0, query.limit - items.length);
    items.push(...taken.map(({ product }) => presentSummary(product, read.showing)));
    given += taken.length;
    const isUsedUp = taken.length === rest.length;
    if (isUsedUp && isLast) return { items, nextCursor: null, ...(facets && { facets }) };
    if (isUsedUp) [after, given] = [hits[size - 1] ?? null, 0];
    if (items.length === query.limit) break;
  }
  return { items, nextCursor: writeCursor({ after, given }), ...(facets && { facets }) };
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

type Block = { readonly showing: Showing; readonly counted: readonly Counted[]; readonly inOrder: readonly Counted[] };

async function readBlock(ctx: ReadCtx, catalog: Catalog, query: FoundQuery, hits: readonly ProductHit[]): Promise<Block> {
  const stages = new Map(hits.map(({ productId, stage }) => [productId, stage]));
  // One that was added a moment ago is found, but not in the snapshot yet.
  const products = hits.flatMap(({ productId }) => productIn(ctx, catalog, productId));
  const showing = await showingOf(ctx, catalog, products, query.placeId);
  const counted = products.map((product) => countedOf(product, showing));
  const wanted = counted.filter((one) => isWanted(one, narrowingOf(catalog, query)));
  if (query.text === null) return { showing, counted, inOrder: wanted };
  const bought = await boughtBefore(ctx, wanted);
  const rank = ({ product, isThere }: Counted): number =>
    (isThere ? 0 : 100) + (stages.get(product.id) ?? 0) * 10 + (bought.has(product.id) ? 0 : 1);
  // Sorting is stable: within a rank the more popular stays first, as it was found.
  return { showing, counted, inOrder: wanted.toSorted((a, b) => rank(a) - rank(b)) };
}

function productIn(ctx: ReadCtx, catalog: Catalog, id: ProductId): Product[] {
  const product = catalog.products.get(id);
  return product && product.variants.length > 0 && catalog.isSoldOn(id, ctx.actor.channelId) ? [product] : [];
}

function countedOf(product: Product, showing: Showing): Counted {
  const { price, availability } = presentSummary(product, showing);
  const { soldOut, tracked, available, inAssortment } = availability;
  return { product, price, isThere: inAssortment && !soldOut && (!tracked || available === null || available > 0) };
}

function narrowingOf(catalog: Catalog, query: FoundQuery): Narrowing {
  return query.categoryId === null ? query : { ...query, categoryIds: catalog.categoriesFrom(query.categoryId) };
}

const NOTHING: ReadonlySet<ProductId> = new Set();

/** What of these a signed-in customer has bought, on any channel; nothing of who does not want to be known by it. */
async function boughtBefore(ctx: ReadCtx, found: readonly Counted[]): Promise<ReadonlySet<ProductId>> {
  const recordId: RecordId | undefined = ctx.actor.customer?.recordId;
  if (recordId === undefined || found.length === 0) return NOTHING;
  const { rows } = await sql<{ productId: ProductId }>`
    select distinct l.product_id as "productId" from orders.read_state o join orders.read_line l on l.order_id = o.id
     where o.record_id in (select customers.records_of(${recordId})) and l.product_id = any (${found.map(({ product }) => product.id)}::uuid[])
       and not customers.is_unprofiled(${recordId})`.execute(ctx.db);
  return new Set(rows.map(({ productId }) => productId));
}
