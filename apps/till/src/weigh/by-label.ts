import { gramsFor, readScaleLabel } from "../../../../hub/src/modules/till/domain/index.ts";
import { findByCode, type Catalog } from "../catalog/catalog.ts";
import { defaultOptions } from "../sell/options.ts";
import type { Chosen } from "../sell/use-sell.ts";

/** The goods of a label that a scale printed, with its weight or at its price [TIL-31]; undefined where the code is no label of goods by weight. */
export function byLabel({ products }: Catalog, code: string, patterns: readonly string[]): Chosen | undefined {
  const label = readScaleLabel(code, patterns);
  const found = label && findByCode(products, label.barcode);
  if (!label || !found || found.product.unit !== "gram") return undefined;
  const options = defaultOptions(found.product.optionGroups);
  if (label.kind === "weight") return { ...found, options, quantity: label.grams };
  const grams = found.variant.price && gramsFor(found.variant.price, label.amount);
  return grams ? { ...found, options, quantity: grams, labelPrice: label.amount } : undefined;
}
