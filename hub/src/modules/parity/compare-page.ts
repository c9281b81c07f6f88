import type { ProductId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import type { Product, Variant } from "../catalog/index.ts";
import type { Book, Books } from "./book.ts";
import { judgeThing, type Behind, type Cell } from "./domain/index.ts";
import { expectAt } from "./expect.ts";
import { nodeRevisions, type Lateness } from "./lateness.ts";
import { lookInto, readFeedLines, type FeedLines, type Seen } from "./look.ts";
import type { ShopWindows } from "./ports.ts";
import type { OpenWindow } from "./windows.ts";

/** What one window says of one variant. */
export type Compared = {
  readonly window: OpenWindow;
  readonly product: Product;
  readonly variant: Variant;
  readonly cells: readonly Cell[];
};

export type Tools = {
  readonly shop: ShopWindows;
  readonly windows: readonly OpenWindow[];
  readonly books: Books;
  readonly lateness: Lateness;
  /** What feeds say, where it was read already; else it is read from the lines that were staged. */
  readonly lines?: FeedLines;
};

/** What differs is looked at again, because goods are sold and prices change while windows are read one after the other. */
const MOST_LOOKS = 3;

/**
 * Compares a page of products at all windows [PAR-1]. What differs is read again, records and windows both: only what differs each time is
 * a difference [PAR-4].
 */
export async function comparePage(ctx: ReadCtx, tools: Tools, ids: readonly ProductId[]): Promise<Compared[]> {
  let compared = await lookOnce(ctx, tools, ids);
  for (let look = 1; look < MOST_LOOKS; look++) {
    const doubtful = new Set(compared.filter(({ cells }) => cells.some(isDoubtful)).map(({ product }) => product.id));
    if (doubtful.size === 0) return compared;
    const again = await lookOnce({ ...ctx, now: new Date() }, tools, [...doubtful]);
    compared = [...compared.filter(({ product }) => !doubtful.has(product.id)), ...again];
  }
  return compared;
}

const isDoubtful = ({ judged }: Cell): boolean =>
  judged.verdict === "wrong" || (judged.verdict === "lagging" && judged.because.kind === "cache_older");

async function lookOnce(
  ctx: ReadCtx,
  { shop, windows, books, lateness, lines: read }: Tools,
  ids: readonly ProductId[],
): Promise<Compared[]> {
  const book = await books.read(ctx, ids);
  const products = [...book.catalog.products.values()].filter(({ isActive, variants }) => isActive && variants.length > 0);
  const skus = products.flatMap(({ variants }) => variants.map(({ sku }) => sku));
  const feeds = new Set(windows.flatMap(({ feed }) => feed ?? []));
  const lines = read ?? (await readFeedLines(ctx, [...feeds], skus));
  const nodes = await nodeRevisions(ctx);
  const known = products.map(({ id }) => id);
  const compared: Compared[] = [];
  for (const window of windows) {
    if (window.kind === "store_page") continue;
    const seen = await lookInto(ctx, window, { windows: shop, ids: known, book, lines });
    compared.push(...judgeWindow(window, { products, seen, book, behind: lateness(window, book, nodes) }));
  }
  return compared;
}

type Page = { readonly products: readonly Product[]; readonly seen: Seen; readonly book: Book; readonly behind: Behind };

function judgeWindow(window: OpenWindow, { products, seen, book, behind }: Page): Compared[] {
  const expected = expectAt(window, book);
  return products.flatMap((product) =>
    variantsIn(window, product, seen).map((variant) => {
      const { saleFrom, ...wanted } = expected(product, variant);
      const isLate = window.feed !== null && behind.pricing === undefined && saleFrom !== null && saleFrom > window.feed.madeAt;
      const standing = { kind: window.kind, levels: window.levels, behind: isLate ? { ...behind, pricing: saleFrom } : behind };
      return { window, product, variant, cells: judgeThing(seen.get(variant.sku), wanted, standing) };
    }),
  );
}

/** A board shows one variant of a product: the one that a tap would add. */
function variantsIn({ kind }: OpenWindow, { variants }: Product, seen: Seen): readonly Variant[] {
  return kind === "board"
    ? variants.filter(({ sku }, index, all) => seen.has(sku) || (index === 0 && !all.some((one) => seen.has(one.sku))))
    : variants;
}
