import type { ProductId } from "@weft/kernel";
import { daypartOf, readDayparts, type Daypart, type Settings, type WeekWindows } from "../../places/index.ts";
import { categoryCodes, type Catalog } from "../domain/index.ts";

/** Read once for settings that stay the same: a menu asks for it with every product. */
const read = new WeakMap<Settings, readonly Daypart[]>();

/** When a place sells a product, by its dayparts [CAT-22]; null: all day, as nearly everything. */
export function servedAt(catalog: Catalog, { settings }: { readonly settings: Settings }, productId: ProductId): WeekWindows | null {
  if (settings.dayparts === "") return null;
  let dayparts = read.get(settings);
  if (!dayparts) read.set(settings, (dayparts = readDayparts(settings.dayparts) ?? []));
  const product = catalog.products.get(productId);
  return product ? daypartOf(dayparts, categoryCodes(catalog, product.categoryId)) : null;
}
