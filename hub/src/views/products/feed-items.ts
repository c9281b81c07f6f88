import { pictureAt, type Locale, type ShownDepositView } from "@weft/contracts";
import { currencyExponent, type UnitPrice, type VariantId } from "@weft/kernel";
import { picturesOf, readGtin, type Product, type Variant } from "../../modules/catalog/index.ts";

/** Money as Google and schema.org write it: `1250` of EUR is `12.50`. Digits below the minor unit are rounded, halves away from zero. */
export function decimalPrice({ amount, scale, currency }: Pick<UnitPrice, "amount" | "scale" | "currency">): string {
  const exponent = currencyExponent(currency);
  return (Math.round(amount / 10 ** scale) / 10 ** exponent).toFixed(exponent);
}

/** The deposit on its packaging, which no price that is told contains: `zzgl. Pfand 0.25 EUR`. */
export function depositWords(deposit: ShownDepositView | null, locale: Locale): string | undefined {
  if (!deposit) return undefined;
  const { name, amount } = deposit;
  return `${PLUS[locale]} ${name[locale] ?? name.en} ${decimalPrice({ ...amount, scale: 0 })} ${amount.currency}`;
}

const PLUS: Readonly<Record<Locale, string>> = { en: "plus", fr: "plus", de: "zzgl.", ca: "més" };

/**
 * The first barcode that the whole world knows. Numbers of restricted circulation, printed by a store for itself, name other things
 * elsewhere and are left out: GS1 General Specifications, prefixes 02, 04 and 2.
 */
export function worldGtin({ barcodes }: Pick<Variant, "barcodes">): string | undefined {
  return barcodes.find((barcode) => {
    const read = readGtin(barcode);
    return read.ok && !/^0(2|02|04)/.test(read.value.gtin);
  });
}

/** The pictures of a variant as shop windows of others take them: JPEG with sides of 500 pixels at least, drawings too [CAT-19]. */
export function feedPictures(product: Pick<Product, "pictures">, variantId: VariantId): string[] {
  return picturesOf(product, variantId).map(({ url }) => pictureAt(url, "feed"));
}

/** A text inside XML 1.0: its marks escaped, and the characters that it forbids left out. */
export function xmlText(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** A value inside a tab-separated line: what would end it is a blank. */
export function tabText(text: string): string {
  return text.replaceAll(/[\t\r\n]+/g, " ").trim();
}
