import type { CategoryView, ProductSummaryView } from "@weft/contracts/client";

export type Shelf = { readonly category: CategoryView; readonly products: readonly ProductSummaryView[] };

/** Read from four meters: two columns of this many lines. */
export const LINES = 9;
const COLUMNS = 2;

/**
 * The menu cut into screens that follow each other: the categories in their order, one that is too long goes on in the next column under
 * its own name [BRD-3]. Nothing is left out and no column is longer than `LINES`, its heading counted.
 */
export function pagesOf(categories: readonly CategoryView[], products: readonly ProductSummaryView[]): readonly (readonly Shelf[])[] {
  const byCategory = Map.groupBy(
    products.filter(({ price }) => price !== null),
    ({ categoryId }) => categoryId,
  );
  const columns = [...categories]
    .sort((a, b) => a.position - b.position)
    .flatMap((category) => cut(byCategory.get(category.id) ?? []).map((part) => ({ category, products: part })));
  return Array.from({ length: Math.ceil(columns.length / COLUMNS) }, (_, n) => columns.slice(n * COLUMNS, (n + 1) * COLUMNS));
}

/** In even parts: nine and one would look like a mistake. */
function cut(products: readonly ProductSummaryView[]): ProductSummaryView[][] {
  const parts = Math.ceil(products.length / (LINES - 1));
  const size = Math.ceil(products.length / Math.max(1, parts));
  return Array.from({ length: parts }, (_, n) => products.slice(n * size, (n + 1) * size));
}
