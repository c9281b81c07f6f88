import type { LocalizedText } from "@weft/contracts/client";
import { lineTotal, type Money, type UnitPrice } from "@weft/kernel";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { t } from "./t.ts";

/** A name or description in the reader's language, else in English, which is always there. */
export function inLanguage(text: LocalizedText): string {
  return text[currentLocale()] ?? text.en;
}

/** A unit price as it stands on a label: `€3.50`, or `€2.30 per 100 g` for what is weighed. */
export function priceText(price: UnitPrice): string {
  const { quantity, unit } = price.per;
  const amount = formatMoney(priceOf(price, quantity));
  return unit === "gram" ? t("shop.price.per_grams", { amount, grams: formatNumber(quantity) }) : amount;
}

/** What `quantity` units cost, before discounts. */
export function priceOf(price: UnitPrice, quantity: number): Money {
  return { amount: lineTotal(price, quantity), currency: price.currency };
}
