import { createHash } from "node:crypto";
import { CATALOG_PARTS, partOf, type CatalogChange } from "../../modules/catalog/index.ts";

type Named = { readonly id: string };

/** 36 bits of each part are enough to see that it is another one; the order of all has as many in front. */
const CHARACTERS = 6;

/** What a catalog is, by its content: one hash for the order, and one for each part. A copy that has the same digest is the same. */
export function digestOf(products: readonly Named[]): string {
  const parts = Array.from({ length: CATALOG_PARTS }, () => createHash("sha256"));
  const order = createHash("sha256");
  for (const product of products) {
    parts[partOf(product.id)]?.update(JSON.stringify(product));
    order.update(product.id);
  }
  return [order, ...parts].map((hash) => hash.digest("base64url").slice(0, CHARACTERS)).join("");
}

/** What a copy with the digest `before` lacks of these products [TIL-52]; everything for whoever names none that is ours. */
export function changeSince<Product extends Named>(
  products: readonly Product[],
  before: string | undefined,
  now: string,
): CatalogChange<Product> {
  if (before?.length !== now.length) return { products, parts: null, order: null };
  const at = (digest: string, n: number): string => digest.slice(n * CHARACTERS, (n + 1) * CHARACTERS);
  const parts = Array.from({ length: CATALOG_PARTS }, (_, part) => part).filter((part) => at(before, part + 1) !== at(now, part + 1));
  const changed = new Set(parts);
  const isSameOrder = at(before, 0) === at(now, 0);
  return {
    products: products.filter(({ id }) => changed.has(partOf(id))),
    parts,
    order: isSameOrder ? null : products.map(({ id }) => id),
  };
}
