import type { CategoryId, ChannelId, PlaceId, ProductId } from "@weft/kernel";
import type { Catalog, Product } from "../../modules/catalog/index.ts";

/** Products in the order of a menu, and where each stands. */
type Menu = { readonly products: readonly Product[]; readonly positions: ReadonlyMap<ProductId, number> };

/** Made once per catalog and category: a list of 100,000 products is not looked through for every page. */
const menus = new WeakMap<Catalog, Map<CategoryId | null, Menu>>();

/** The menu, or the part of it that lies in a category and those below. */
export function menuOf(catalog: Catalog, categoryId: CategoryId | null): Menu {
  let byCategory = menus.get(catalog);
  if (!byCategory) menus.set(catalog, (byCategory = new Map()));
  // A category that nobody made is not remembered: whoever invents some fills no memory.
  const isKnown = categoryId === null || catalog.categories.some(({ id }) => id === categoryId);
  let menu = byCategory.get(categoryId);
  if (!menu) {
    menu = makeMenu(catalog, categoryId);
    if (isKnown) byCategory.set(categoryId, menu);
  }
  return menu;
}

function makeMenu(catalog: Catalog, categoryId: CategoryId | null): Menu {
  const wanted = categoryId === null ? null : catalog.categoriesFrom(categoryId);
  const products = wanted === null ? catalog.menu : catalog.menu.filter((product) => wanted.has(product.categoryId));
  return { products, positions: new Map(products.map(({ id }, index) => [id, index])) };
}

/** The next products of a menu that a place and a channel sell; all of them without a place. Looks no further than the page needs. */
export function inMenu(
  catalog: Catalog,
  { products, positions }: Menu,
  {
    placeId,
    channelId,
    after,
    limit,
  }: { readonly placeId: PlaceId | null; readonly channelId: ChannelId | null; readonly after: ProductId | null; readonly limit: number },
): Product[] {
  const found: Product[] = [];
  const start = after === null ? 0 : (positions.get(after) ?? products.length) + 1;
  for (let index = start; index < products.length && found.length < limit; index++) {
    const product = products[index];
    if (!product || !catalog.isSoldOn(product.id, channelId)) continue;
    if (placeId === null || catalog.isSoldAt(product.id, placeId)) found.push(product);
  }
  return found;
}
