/** A copy of the catalog is compared by so many parts: of 10,000 products some twenty share one. */
export const CATALOG_PARTS = 512;

type Named = { readonly id: string };

/** The part that a product is in, by its id alone (FNV-1a, 32 bits): the same at the hub and in a browser, whatever else there is. */
export function partOf(productId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < productId.length; at++) hash = Math.imul(hash ^ productId.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % CATALOG_PARTS;
}

/** What changed of a catalog since a copy was taken: `parts` that `products` replace, and all ids in their order where that is another one now. */
export type CatalogChange<Product extends Named> = {
  readonly products: readonly Product[];
  readonly parts: readonly number[] | null;
  readonly order: readonly string[] | null;
};

/**
 * The products of a copy after a change [TIL-52]: those of the parts that changed are replaced, what is in none of these any more is gone, and all
 * stand in the hub's order. Without parts the change is everything.
 */
export function withChange<Product extends Named>(
  before: readonly Product[],
  { products, parts, order }: CatalogChange<Product>,
): readonly Product[] {
  if (parts === null) return products;
  if (parts.length === 0 && order === null) return before;
  const changed = new Set(parts);
  const byId = new Map(before.filter(({ id }) => !changed.has(partOf(id))).map((product) => [product.id, product]));
  for (const product of products) byId.set(product.id, product);
  return (order ?? before.map(({ id }) => id)).flatMap((id) => byId.get(id) ?? []);
}
