import type { Locale, ProductView } from "@weft/contracts/client";
import { currencyExponent, type UnitPrice } from "@weft/kernel";
import { digitalLink } from "../../../../hub/src/modules/catalog/domain/index.ts";

/** What stands on the label of a shelf. */
export type Label = {
  readonly gtin: string;
  readonly sku: string;
  readonly name: string;
  /** What tells the variant from its sisters; empty where there is one only. */
  readonly variant: string;
  readonly price: string;
  /** The GS1 Digital Link that its code holds: it opens the product in the shop, at this store. */
  readonly link: string;
};

type At = { readonly language: Locale; readonly storeId: string; readonly origin: string };

/** A label per variant that has a barcode and a price at the store, in the language of the store: who stands at the shelf reads it. */
export function labelsOf(products: readonly ProductView[], { language, storeId, origin }: At): Label[] {
  return products.flatMap(({ name, variants }) =>
    variants.flatMap((variant) => {
      const [gtin] = variant.barcodes;
      if (gtin === undefined || variant.price === null) return [];
      return [
        {
          gtin,
          sku: variant.sku,
          name: name[language] ?? name.en,
          variant: variants.length > 1 ? (variant.name[language] ?? variant.name.en) : "",
          price: priceIn(variant.price, language),
          link: digitalLink(origin, { gtin, store: storeId }),
        },
      ];
    }),
  );
}

/** A price as the store's country writes it; goods by weight with what it is for. */
export function priceIn({ amount, scale, currency, per }: UnitPrice, language: Locale): string {
  const digits = currencyExponent(currency);
  const shown = new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const price = shown.format(amount / 10 ** (digits + scale));
  if (per.unit === "piece") return price;
  return `${price} / ${new Intl.NumberFormat(language, { style: "unit", unit: "gram" }).format(per.quantity)}`;
}
