import type { Locale, LocalizedText } from "@weft/contracts";
import { currencyExponent, type UnitPrice } from "@weft/kernel";

/** All languages that names are written in. */
const LANGUAGES: readonly Locale[] = ["en", "fr", "de", "ca"];
/** So long are titles of a feed at most: they are cut there. */
const MOST_TITLE = 150;

/** A price as it compares: `3.90 EUR`, weighed goods with what it is for. Digits below the minor unit are kept; without `isExact` they are rounded. */
export function priceText({ amount, scale, currency, per }: UnitPrice, isExact: boolean): string {
  const exponent = currencyExponent(currency);
  const digits = isExact ? exponent + scale : exponent;
  const whole = isExact ? amount : Math.round(amount / 10 ** scale);
  const text = decimalText(whole, digits, exponent);
  return `${text} ${currency}${per.unit === "gram" ? ` / ${per.quantity} g` : ""}`;
}

/** `390` with 2 digits is `3.90`; zeros behind the digits that the currency always shows are left out. */
function decimalText(amount: number, digits: number, least: number): string {
  const figures = String(Math.abs(amount)).padStart(digits + 1, "0");
  const [whole, broken] = [figures.slice(0, figures.length - digits), figures.slice(figures.length - digits)];
  let end = broken.length;
  while (end > least && broken[end - 1] === "0") end--;
  return `${amount < 0 ? "-" : ""}${whole}${end > 0 ? `.${broken.slice(0, end)}` : ""}`;
}

/** A name in every language that it is shown in, one after the other. */
export function nameText(name: LocalizedText, locales: readonly Locale[] = LANGUAGES): string {
  return locales.map((locale) => name[locale] || name.en).join(" | ");
}

/** A title as a feed has it. */
export const titleText = (name: LocalizedText, locale: Locale): string => nameText(name, [locale]).slice(0, MOST_TITLE);

/** The part of an address behind the host and before its ending and its size, so that pictures compare wherever they are shown. */
export function pathOf(url: string | null | undefined): string | null {
  if (url === null || url === undefined || url === "") return null;
  // The sizes of a picture are one picture.
  return url.replace(/^https?:\/\/[^/]+/, "").replace(/(?:\/(?:small|medium|large|feed))?\.\w+$/, "");
}

/** Goods at a store as they compare: units, `made_to_order`, or `0` for what is sold out. */
export function unitsText(state: { readonly tracked: boolean; readonly available: number | null; readonly soldOut: boolean }): string {
  if (state.soldOut) return "0";
  return state.tracked ? String(Math.max(0, state.available ?? 0)) : "made_to_order";
}
