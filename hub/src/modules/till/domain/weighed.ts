import { LABEL } from "../../carts/domain/index.ts";
import { currencyExponent, lineTotal, type UnitPrice } from "@weft/kernel";

const KILO = 1000;

/** What stands on the paper of goods by weight: `0,312 kg × 24,90 €/kg`. Grams as they were weighed, the price of a kilogram as the list has it. */
export function weighedText(grams: number, price: UnitPrice, locale: string): string {
  const weight = new Intl.NumberFormat(locale, { style: "unit", unit: "kilogram", minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const digits = currencyExponent(price.currency);
  const money = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: price.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${weight.format(grams / KILO)} × ${money.format(lineTotal(price, KILO) / 10 ** digits)}/kg`;
}

/** The list price behind a label that a scale printed; of every other line what a kilogram of it costs, also where staff gave another price. */
export function listPriceOf(unitPrice: UnitPrice, because: readonly { readonly kind: string; readonly data?: unknown }[]): UnitPrice {
  const given = because.find(({ kind }) => kind === "price.overridden")?.data;
  // As the reasons of a line are kept: why it has another price, and the one that it stands instead of.
  const { reason, insteadOf } = (given ?? {}) as { readonly reason?: string; readonly insteadOf?: UnitPrice };
  return (reason === LABEL ? insteadOf : undefined) ?? unitPrice;
}
