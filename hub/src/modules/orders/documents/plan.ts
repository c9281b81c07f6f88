import type { Locale } from "@weft/contracts";
import type { BusinessDate, LineId, UnitPrice } from "@weft/kernel";
import { refundFor } from "../../pricing/domain/index.ts";
import { DOCUMENT_WORDS } from "./words.ts";
import { depositOf, type NewOrderLine, type TaxRate, type TaxTotal } from "../domain.ts";

export type DocumentKind = "invoice" | "credit_note";

/** Units of a line that are owed no more, with what they were worth; minor units, tax in the total. */
export type ReducedLine = { readonly orderLineId: LineId; readonly quantity: number; readonly total: number; readonly tax: number };

/** A line as it is printed, in the language of the document. */
export type DocumentLine = {
  /** A deposit stands behind the goods that carry it. */
  readonly kind: "goods" | "delivery" | "deposit";
  readonly sku: string;
  readonly name: string;
  readonly options: readonly string[];
  readonly quantity: number;
  readonly unit: "piece" | "gram";
  /** Null on a credit note, which says what goes back for its units. */
  readonly unitPrice: UnitPrice | null;
  readonly discount: number;
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  readonly rate: TaxRate;
};

export type PrintedAddress = { readonly line1: string; readonly line2: string | null; readonly postcode: string; readonly city: string };

/** All that a document prints but the name of a person; kept as it was when the number was given. Amounts in minor units. */
export type DocumentData = {
  readonly orderNumber: string;
  readonly orderDate: BusinessDate;
  readonly seller: {
    readonly name: string;
    readonly vatId: string | null;
    readonly country: string;
    readonly address: PrintedAddress | null;
  };
  /** Where it was sold or came back. */
  readonly place: { readonly name: string; readonly country: string; readonly address: PrintedAddress } | null;
  readonly company: {
    readonly name: string;
    readonly vatNumber: string | null;
    readonly country: string;
    readonly address: PrintedAddress | null;
  } | null;
  readonly lines: readonly DocumentLine[];
  readonly taxIncluded: boolean;
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
  readonly taxes: readonly TaxTotal[];
  readonly tenders: readonly { readonly kind: string; readonly amount: number; readonly isDue: boolean }[];
  /** The number of the invoice that a credit note takes back from. */
  readonly reverses: string | null;
  /** The receipt of the register that it was asked for [DOC-15]. */
  readonly receipt?: string;
  /** Of an invoice over a month: which one, and by when it is paid. Documents that were frozen before there were such say nothing. */
  readonly month?: { readonly month: string; readonly payBy: string };
};

type Amounts = Pick<DocumentData, "lines" | "discount" | "tax" | "total" | "taxes">;

type SoldOrder = {
  readonly lines: readonly NewOrderLine[];
  readonly taxes: readonly TaxTotal[];
};

/**
 * The lines and amounts of an invoice [DOC-4]: those of the order as it was placed, without what was canceled before. Nothing is priced or
 * taxed again: what is left out was worth what its cancellation said, and an order of which nothing was canceled keeps its shares by rate.
 */
export function planInvoice({ lines, taxes }: SoldOrder, leftOut: readonly ReducedLine[], language: Locale): Amounts {
  const kept = lines.flatMap((line): DocumentLine[] => {
    const gone = leftOut.filter(({ orderLineId }) => orderLineId === line.id);
    const quantity = line.ordered - sum(gone, "quantity");
    const [total, tax] = [line.total - sum(gone, "total"), line.tax - sum(gone, "tax")];
    if (quantity === 0) return [];
    const sold = { quantity: line.ordered, total: line.total, tax: line.tax, discount: line.discount };
    const discount = line.discount - refundFor(sold, 0, line.ordered - quantity).discount;
    return withDeposit(line, language, { quantity, unitPrice: line.unit_price, discount, tax, total });
  });
  return { ...summed(kept), taxes: isWhole(lines, leftOut, taxes) ? taxes : byRate(kept, taxes) };
}

/** Whether an invoice says the whole order as it is, whose shares by rate are then kept as they are. */
function isWhole(lines: readonly NewOrderLine[], leftOut: readonly ReducedLine[], taxes: readonly TaxTotal[]): boolean {
  return leftOut.length === 0 && sum(lines, "total") === taxes.reduce((all, { gross }) => all + gross, 0);
}

/** The lines and amounts of a credit note [DOC-5]: exactly what the cancellation or return said, as positive amounts. */
export function planCreditNote({ lines, taxes }: SoldOrder, reduced: readonly ReducedLine[], language: Locale): Amounts {
  const credited = reduced.flatMap(({ orderLineId, quantity, total, tax }): DocumentLine[] => {
    const line = lines.find(({ id }) => id === orderLineId);
    if (!line) throw new Error(`line ${orderLineId} was given up and is not in its order`);
    return withDeposit(line, language, { quantity, unitPrice: null, discount: 0, tax, total });
  });
  return { ...summed(credited), taxes: byRate(credited, taxes) };
}

function namesOf({ kind, sku, name, options, unit, tax_rate, is_typed }: NewOrderLine, language: Locale) {
  const inLanguage = (text: NewOrderLine["name"]) => text[language] ?? text.en;
  // What no scale said is seen as such wherever the weight is [TIL-45].
  const weight = is_typed ? [DOCUMENT_WORDS[language].byHand] : [];
  return {
    kind,
    sku,
    name: inLanguage(name),
    options: [...options.map((option) => inLanguage(option.name)), ...weight],
    unit,
    rate: tax_rate,
  };
}

type Printed = Pick<DocumentLine, "quantity" | "unitPrice" | "discount" | "tax" | "total">;

/** Units of a line as they are printed, and behind them the deposit on their packaging with its own rate [PRC-22]. */
function withDeposit(line: NewOrderLine, language: Locale, units: Printed): DocumentLine[] {
  const { quantity, tax, total } = units;
  const own = depositOf(line, quantity);
  const names = namesOf(line, language);
  const goods = { ...names, ...units, tax: tax - own.tax, total: total - own.total, net: total - own.total - (tax - own.tax) };
  if (!line.deposit) return [goods];
  const { name, each, taxRate } = line.deposit;
  const unitPrice = units.unitPrice && { amount: each, scale: 0, currency: units.unitPrice.currency, per: PIECE };
  const text = name[language] ?? name.en;
  const deposit = { ...names, kind: "deposit" as const, name: text, options: [], rate: taxRate, quantity, unitPrice, discount: 0 };
  return [goods, { ...deposit, ...own, net: own.total - own.tax }];
}

const PIECE = { quantity: 1, unit: "piece" } as const;

function summed(lines: readonly DocumentLine[]): Omit<Amounts, "taxes"> {
  return { lines, discount: sum(lines, "discount"), tax: sum(lines, "tax"), total: sum(lines, "total") };
}

function sum<What extends string>(of: readonly Readonly<Record<What, number>>[], what: What): number {
  return of.reduce((all, each) => all + each[what], 0);
}

/** Shares by rate, adding up to the lines, in the order of the order's own. */
function byRate(lines: readonly DocumentLine[], taxes: readonly TaxTotal[]): TaxTotal[] {
  return taxes.flatMap(({ rate, country }) => {
    const own = lines.filter((line) => line.rate.numerator === rate.numerator && line.rate.denominator === rate.denominator);
    return own.length === 0 ? [] : [{ rate, country, net: sum(own, "net"), tax: sum(own, "tax"), gross: sum(own, "total") }];
  });
}

/** A number as it is printed: `INV-FR-2026-000042`. Its series is in it, so no two of an entity are alike. */
export function numberText(kind: DocumentKind, country: string, year: number, sequence: number): string {
  return `${kind === "invoice" ? "INV" : "CRN"}-${country}-${year}-${String(sequence).padStart(6, "0")}`;
}
