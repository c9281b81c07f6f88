import type { ProductView } from "@weft/contracts/client";
import { findByCode, searchProducts, type Catalog } from "../catalog/catalog.ts";
import { textOf } from "../common/text.ts";
import type { Picked } from "./parts.ts";

/** What is shown of what somebody types: more are found by another letter. */
const SHOWN = 8;

/** The counted goods that fit a text, or the one that a code stands for. */
export function pickFrom({ products }: Catalog, text: string): Picked[] {
  const exact = findByCode(products, text.trim());
  const found = exact ? [exact.product] : searchProducts(products, text);
  return found
    .flatMap((product) => product.variants.map((variant) => ({ product, variant })))
    .filter(({ variant }) => variant.availability.tracked && (!exact || variant === exact.variant))
    .slice(0, SHOWN)
    .map(({ product, variant }) => ({ sku: variant.sku, name: nameOf(product, variant) }));
}

function nameOf(product: ProductView, variant: ProductView["variants"][number]): string {
  const behind = textOf(variant.name);
  return behind === "" ? textOf(product.name) : `${textOf(product.name)} · ${behind}`;
}
