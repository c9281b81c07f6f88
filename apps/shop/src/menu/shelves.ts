import type { CategoryView, ProductSummaryView } from "@weft/contracts/client";

/** A category with what the menu shows of it. */
export type Shelf = { readonly category: CategoryView; readonly products: readonly ProductSummaryView[] };

/** The menu in the order of its categories, each only where it has something; what has no known category comes last, on no shelf [MNU-1]. */
export function shelvesOf(categories: readonly CategoryView[], products: readonly ProductSummaryView[]): Shelf[] {
  const byCategory = Map.groupBy(products, ({ categoryId }) => categoryId);
  return categories
    .filter(({ id }) => byCategory.has(id))
    .sort((a, b) => a.position - b.position)
    .map((category) => ({ category, products: byCategory.get(category.id) ?? [] }));
}
