import type { ProductView } from "@weft/contracts/client";
import type { Catalog } from "../catalog/catalog.ts";
import { GIFT_CARD_CLASS } from "../../../../hub/src/modules/payments/domain.ts";

export type Shelf = { readonly category: Catalog["categories"][number]; readonly products: readonly ProductView[] };

type Offered = { readonly categories: readonly Shelf["category"][]; readonly products: readonly ProductView[] };

/**
 * What a kiosk offers now [KSK-7]: the menu of this time of the day in the order of its categories. What somebody has to weigh, to book or to hand over with a code is
 * sold by people. What is sold out stays in its place, and says so.
 */
export function shelvesOf({ categories, products }: Offered): Shelf[] {
  const offered = products.filter(isOffered);
  const placeOf = (id: string | null): number => categories.find((category) => category.id === id)?.position ?? 0;
  return categories
    .map((category) => ({ category, products: offered.filter(({ categoryId }) => categoryId === category.id) }))
    .filter((shelf) => shelf.products.length > 0)
    .sort((a, b) => placeOf(a.category.parentId) - placeOf(b.category.parentId) || a.category.position - b.category.position);
}

function isOffered({ unit, isService, taxClass, variants }: ProductView): boolean {
  if (unit !== "piece" || isService === true || taxClass === GIFT_CARD_CLASS) return false;
  return variants.some(({ price, availability }) => price !== null && availability.inAssortment && availability.served?.now !== false);
}

/** Whether there is none of it: nothing that a customer may choose of it can be had. */
export const isGone = ({ variants }: Pick<ProductView, "variants">): boolean => variants.every(isVariantGone);

export const isVariantGone = ({ price, availability }: ProductView["variants"][number]): boolean =>
  price === null || availability.soldOut || (availability.tracked && availability.available !== null && availability.available <= 0);
