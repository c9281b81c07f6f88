import type { Locale } from "@weft/contracts";
import type { BusinessDate } from "@weft/kernel";
import type { NewOrderLine, TaxTotal } from "../domain.ts";
import { planInvoice, type DocumentData, type DocumentLine, type ReducedLine } from "../documents/plan.ts";

/** An order as the invoice of its month says it. */
export type OrderOfMonth = {
  readonly number: string;
  readonly businessDate: BusinessDate;
  readonly lines: readonly NewOrderLine[];
  readonly taxes: readonly TaxTotal[];
  /** What was canceled of it before. */
  readonly leftOut: readonly ReducedLine[];
};

/**
 * The lines and amounts of an invoice over several orders [DOC-11]: each order as its own invoice would say it, nothing priced or taxed again,
 * and every line with the order that it is of. Shares of one rate are added up.
 */
export function planMonth(
  orders: readonly OrderOfMonth[],
  language: Locale,
): Pick<DocumentData, "lines" | "discount" | "tax" | "total" | "taxes"> {
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  const lines: DocumentLine[] = [];
  const taxes = new Map<string, TaxTotal>();
  let [discount, tax, total] = [0, 0, 0];
  for (const order of orders) {
    const said = planInvoice(order, order.leftOut, language);
    const of = `${order.number} · ${day.format(new Date(`${order.businessDate}T12:00:00Z`))}`;
    lines.push(...said.lines.map((line) => ({ ...line, options: [...line.options, of] })));
    for (const share of said.taxes) {
      const key = `${share.country} ${share.rate.numerator}/${share.rate.denominator}`;
      const sum = taxes.get(key);
      taxes.set(key, sum ? { ...sum, net: sum.net + share.net, tax: sum.tax + share.tax, gross: sum.gross + share.gross } : share);
    }
    discount += said.discount;
    tax += said.tax;
    total += said.total;
  }
  return { lines, taxes: [...taxes.values()], discount, tax, total };
}

const LANGUAGES: Readonly<Record<string, Locale>> = {
  FR: "fr",
  BE: "fr",
  LU: "fr",
  MC: "fr",
  DE: "de",
  AT: "de",
  CH: "de",
  LI: "de",
  AD: "ca",
  ES: "ca",
};

/** In which language a company is written to: of its country, because nobody said another one. */
export const languageOfCompany = (country: string): Locale => LANGUAGES[country] ?? "en";

/** The day by which an invoice is paid: so many days after that of its issue. */
export function payBy(issuedOn: BusinessDate, termsDays: number): string {
  const day = new Date(`${issuedOn}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + termsDays);
  return day.toISOString().slice(0, 10);
}
