import type { CategoryId, ProductId } from "@weft/kernel";
import type { Catalog, Product } from "../../catalog/index.ts";
import { VOUCHERS } from "../domain/index.ts";

/** Goods as promotions ask for them. */
export type PromotedGoods = {
  readonly productId: ProductId;
  readonly categoryIds: readonly CategoryId[];
  readonly isVoucher: boolean;
};

export const promotedGoods = (catalog: Catalog, { id, taxClass }: Pick<Product, "id" | "taxClass">): PromotedGoods => ({
  productId: id,
  categoryIds: goodsCategories(catalog)(id),
  isVoucher: taxClass === VOUCHERS,
});

type CategoriesOf = (productId: ProductId) => readonly CategoryId[];

/** What each catalog answered, for as long as it is the catalog. */
const known = new WeakMap<Catalog, CategoriesOf>();

/** The category of a product with all above it, as promotions ask for them. */
export function goodsCategories(catalog: Catalog): CategoriesOf {
  const found = known.get(catalog);
  if (found) return found;
  const parents = new Map(catalog.categories.map(({ id, parentId }) => [id, parentId]));
  const paths = new Map<CategoryId, readonly CategoryId[]>();
  const pathOf = (id: CategoryId): readonly CategoryId[] => {
    const path = paths.get(id) ?? upwards(id, parents);
    paths.set(id, path);
    return path;
  };
  const answer: CategoriesOf = (productId) => {
    const product = catalog.products.get(productId);
    return product ? pathOf(product.categoryId) : [];
  };
  known.set(catalog, answer);
  return answer;
}

function upwards(id: CategoryId, parents: ReadonlyMap<CategoryId, CategoryId | null>): CategoryId[] {
  const path: CategoryId[] = [];
  for (let at: CategoryId | null = id; at && !path.includes(at); at = parents.get(at) ?? null) path.push(at);
  return path;
}
