import type { LocalizedText } from "@weft/contracts/client";
import type { Money, UnitPrice } from "@weft/kernel";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { currentLocale, hasMessage, translator } from "@weft/ui/i18n/i18n.ts";

const say = translator<string>();

/** A text in the reader's language, else in English, which is always there. */
export function inLanguage(text: LocalizedText): string {
  const own = text[currentLocale()];
  return own === undefined || own === "" ? text.en : own;
}

/** A country by its code in the reader's language: `DE` is Germany; a code that stands for none as it came. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(currentLocale(), { type: "region" }).of(code) ?? code;
}

/** The word of a key, where there is one. */
export const wordIn = (key: string): string | undefined => (hasMessage(key) ? say(key) : undefined);

/** Words for a code that is only known when it comes: its message, and the code itself where there is none. */
export function wordOf(key: string, code: string): string {
  return hasMessage(key) ? say(key) : code.replaceAll(/[._]/g, " ");
}

/** A unit price as on a label. Digits below the minor unit are rounded for the eye only. */
export function priceText({ amount, scale, currency, per }: UnitPrice): string {
  const shown = formatMoney({ amount: Math.round(amount / 10 ** scale), currency });
  return per.unit === "gram" ? `${shown} / ${formatNumber(per.quantity, { style: "unit", unit: "gram" })}` : shown;
}

/** An amount as a plain decimal for a spreadsheet: `1250` of EUR is `12.50`. */
export function plainAmount({ amount, currency }: Money): string {
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return (amount / 10 ** digits).toFixed(digits);
}

/** A person's name as far as it is known. */
export function fullName(person: { readonly givenName: string | null; readonly familyName: string | null }): string {
  return [person.givenName, person.familyName].filter(Boolean).join(" ");
}

/** The last part of an id, enough to tell two apart by eye. */
export function shortId(id: string): string {
  return id.slice(-6);
}
