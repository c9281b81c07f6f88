import { lineTotal, type UnitPrice } from "@weft/kernel";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";

const KILO = 1000;
/** What one line holds at most. */
export const MOST_GRAMS = 9999;

/** `0.312 kg`, as scales and the law write it. */
export function weightText(grams: number): string {
  return formatNumber(grams / KILO, { style: "unit", unit: "kilogram", minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

/** `24.90 €/kg`: what a kilogram costs, in whatever quantity the price is kept. */
export function kiloPriceText(price: UnitPrice): string {
  const kilo = { amount: lineTotal(price, KILO), currency: price.currency };
  return `${formatMoney(kilo)}/kg`;
}

/** `1 kg`, `250 g`: what a price is for. */
export function shortWeight(grams: number): string {
  const isKilo = grams % KILO === 0;
  return formatNumber(isKilo ? grams / KILO : grams, { style: "unit", unit: isKilo ? "kilogram" : "gram" });
}

/** What goods by weight cost before staff gave another price: a kilogram of them, or what a label said for all of it. */
export function weighedBefore(price: UnitPrice): string {
  const amount = { amount: lineTotal(price, price.per.quantity), currency: price.currency };
  return price.per.quantity % KILO === 0 ? kiloPriceText(price) : formatMoney(amount);
}

/** Grams of what somebody typed in kilograms or grams: `0,312`, `0.312 kg`, `312`. Whole numbers are grams. */
export function gramsTyped(typed: string): number | undefined {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(",", ".")
    .replace(/\s*(kg|g)$/, "");
  if (!/^\d+(\.\d{1,3})?$/.test(text)) return undefined;
  const isKilo = text.includes(".") || /kg$/i.test(typed.trim());
  const grams = isKilo ? Math.round(Number(text) * KILO) : Number(text);
  return grams <= MOST_GRAMS * 10 ? grams : undefined;
}

/** What is to be paid for: the load without what it lies in. */
export type Net =
  | { readonly kind: "net"; readonly grams: number }
  | { readonly kind: "not_yet"; readonly because: "nothing" | "below_zero" | "too_much" };

export function netOf(load: number, tare: number): Net {
  const grams = load - tare;
  if (grams < 0) return { kind: "not_yet", because: "below_zero" };
  if (grams === 0) return { kind: "not_yet", because: "nothing" };
  return grams > MOST_GRAMS ? { kind: "not_yet", because: "too_much" } : { kind: "net", grams };
}
