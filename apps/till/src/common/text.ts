import type { UnitPrice } from "@weft/kernel";
import type { LocalizedText } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";

/** A text in the reader's language, else in English. */
export function textOf(text: LocalizedText): string {
  return text[currentLocale()] ?? text.en;
}

/** A unit price as it stands on a tile. Digits below the minor unit are rounded for the eye only. */
export function priceText({ amount, scale, currency, per }: UnitPrice): string {
  const minor = amount / 10 ** scale;
  const shown = formatMoney({ amount: Math.round(minor), currency });
  return per.unit === "gram" ? `${shown} / ${per.quantity} g` : shown;
}
