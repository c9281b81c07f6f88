import type { VariantId } from "@weft/kernel";
import type { Catalog, ProductVariant } from "../../catalog/index.ts";

/** The counted variants whose name or SKU holds all words of a text, by the menu. Accents and case do not count. */
export function trackedVariants(catalog: Catalog, text: string | undefined): VariantId[] {
  const words = fold(text ?? "")
    .split(/\s+/)
    .filter((word) => word !== "");
  const variants = catalog.menu
    .filter(({ isTracked }) => isTracked)
    .flatMap((product) => product.variants.map((variant) => ({ product, variant })));
  const found = words.length === 0 ? variants : variants.filter((each) => holdsAll(each, words));
  return found.map(({ variant }) => variant.id);
}

function holdsAll({ product, variant }: ProductVariant, words: readonly string[]): boolean {
  const text = fold([variant.sku, ...variant.barcodes, ...Object.values(product.name), ...Object.values(variant.name)].join(" "));
  return words.every((word) => text.includes(word));
}

function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
