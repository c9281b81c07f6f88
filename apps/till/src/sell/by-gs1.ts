import { currencyExponent } from "@weft/kernel";
import { traceOf } from "../../../../hub/src/modules/batches/domain/index.ts";
import { formsOfGtin, gramsFor, type Gs1Item } from "../../../../hub/src/modules/till/domain/index.ts";
import { findByCode, type Catalog } from "../catalog/catalog.ts";
import { defaultOptions } from "./options.ts";
import type { Chosen } from "./use-sell.ts";

/**
 * The goods of a GS1 code with what it says of this very one [TIL-70, BAT-1], whose serial number stands for one and not for a case: of goods by weight its net weight, or the weight that its price stands for; of
 * all others how many there are. Undefined where nobody sells them, or goods by weight say neither.
 */
export function byGs1({ products }: Catalog, item: Gs1Item): Chosen | undefined {
  const found = formsOfGtin(item.gtin).flatMap((code) => findByCode(products, code) ?? [])[0];
  if (!found) return undefined;
  const options = defaultOptions(found.product.optionGroups);
  const trace = traceOf({ ...item, ...((item.count ?? 1) > 1 && { serial: undefined }) });
  const traced = trace && { trace };
  if (found.product.unit === "piece") return { ...found, options, quantity: item.count ?? 1, ...traced };
  const { price } = found.variant;
  const amount = price && minorUnits(item.price, price.currency);
  const grams = item.grams ?? (price && amount ? gramsFor(price, amount) : undefined);
  if (!grams) return undefined;
  return { ...found, options, quantity: grams, ...traced, ...(amount && { labelPrice: amount }) };
}

/** An amount with the decimals of its code in those of the currency; undefined where it would be cut. */
function minorUnits(price: Gs1Item["price"], currency: string): number | undefined {
  if (!price) return undefined;
  const amount = price.amount * 10 ** (currencyExponent(currency) - price.decimals);
  return Number.isSafeInteger(amount) ? amount : undefined;
}
