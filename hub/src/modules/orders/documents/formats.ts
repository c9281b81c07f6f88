import type { Locale } from "@weft/contracts";
import { currencyExponent, formatMoney, type UnitPrice } from "@weft/kernel";
import type { TaxRate } from "../domain.ts";
import type { DocumentLine, PrintedAddress } from "./plan.ts";

/** How amounts, dates and places are written in a language. */
export type Formats = ReturnType<typeof formatsOf>;

export function formatsOf(language: Locale, currency: string) {
  const regions = new Intl.DisplayNames(language, { type: "region" });
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 2 });
  const whole = new Intl.NumberFormat(language);
  return {
    money: (amount: number) => formatMoney({ amount, currency }, language),
    /** A business date is a calendar day: no zone moves it. */
    day: (date: string) => new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`)),
    /** `2026-03` as a month in words. */
    month: (month: string) =>
      new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${month}-15T12:00:00Z`)),
    rate: ({ numerator, denominator }: TaxRate) => percent.format(numerator / denominator),
    quantity: ({ quantity, unit }: Pick<DocumentLine, "quantity" | "unit">) =>
      unit === "gram" ? `${whole.format(quantity)} g` : whole.format(quantity),
    unitPrice: (price: UnitPrice | null) => (price ? `${priceText(price, language)}${perText(price, whole)}` : ""),
    address: (address: PrintedAddress | null, country: string): string[] =>
      address
        ? [address.line1, ...(address.line2 ? [address.line2] : []), `${address.postcode} ${address.city}`, regions.of(country) ?? country]
        : [regions.of(country) ?? country],
  };
}

function priceText({ amount, scale, currency }: UnitPrice, language: Locale): string {
  const digits = currencyExponent(currency);
  const format = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits + scale } as const;
  return new Intl.NumberFormat(language, format).format(amount / 10 ** (digits + scale));
}

function perText({ per: { quantity, unit } }: UnitPrice, whole: Intl.NumberFormat): string {
  if (unit === "piece") return quantity === 1 ? "" : ` / ${whole.format(quantity)}`;
  return quantity === 1000 ? " / kg" : ` / ${whole.format(quantity)} g`;
}
