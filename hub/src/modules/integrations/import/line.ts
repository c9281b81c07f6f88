import { currencyExponent, err, ok, type Result, type UnitPrice } from "@weft/kernel";
import type { Columns, Field } from "./columns.ts";

/** A line of the source that is a sale or a return of goods. */
export type SourceLine = {
  readonly invoice: string;
  readonly sku: string;
  /** Units, positive for both: what kind of document it is says the invoice. */
  readonly quantity: number;
  /** By the clock on the wall of the seller, `2011-01-04T10:00`. */
  readonly localTime: string;
  readonly unitPrice: UnitPrice;
  /** Null is a guest. */
  readonly customer: string | null;
  readonly country: string | null;
};

/** Why a line is no sale and no return of goods, or cannot be read [IMP-2]. */
export type LineRefusal = {
  readonly reason:
    | "broken_line"
    | "fields_missing"
    | "text_invalid"
    | "quantity_invalid"
    | "quantity_zero"
    | "price_invalid"
    | "price_too_fine"
    | "time_invalid"
    | "negative_price"
    | "negative_quantity"
    | "positive_quantity_in_return"
    | "other_customer"
    | "invoice_differs"
    | "refused_by_database";
  readonly detail: string | null;
};

/** A document whose number begins so takes goods back; its quantities are negative. */
const RETURN_PREFIX = /^C\d/;
export const isReturn = (invoice: string): boolean => RETURN_PREFIX.test(invoice);

/** Numbers of invoices, customers and goods that are longer are something else. */
export const LONGEST_CODE = 200;
const MOST_UNITS = 10_000_000;
const FINEST_SCALE = 4;
const DECIMAL = /^(-?)(\d{1,9})(?:\.(\d+))?$/;
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(\.\d+)?)?$/;

/** Reads a line by the columns of its file. A price of 0 is a price; quantities are negative in returns only [IMP-2]. */
export function readLine(fields: readonly string[], columns: Columns, currency: string): Result<SourceLine, LineRefusal> {
  const text = (field: Field): string => fields[columns[field] ?? -1]?.trim() ?? "";
  const [invoice, sku] = [text("invoice"), text("sku")];
  const missing = (["invoice", "sku", "quantity", "time", "unitPrice"] as const).filter((field) => text(field) === "");
  if (missing.length > 0) return refuse("fields_missing", missing.join(", "));
  if ([invoice, sku, text("customer")].some((code) => code.length > LONGEST_CODE || code.includes("\0")))
    return refuse("text_invalid", null);
  const quantity = readQuantity(text("quantity"), isReturn(invoice));
  const unitPrice = readPrice(text("unitPrice"), currency);
  const localTime = readTime(text("time"));
  // What it is comes before how well it is written, so that the reasons count kinds of business.
  if (!unitPrice.ok) return unitPrice;
  if (!quantity.ok) return quantity;
  if (localTime === undefined) return refuse("time_invalid", text("time"));
  return ok({
    invoice,
    sku,
    quantity: quantity.value,
    localTime,
    unitPrice: unitPrice.value,
    customer: text("customer") || null,
    country: text("country") || null,
  });
}

function refuse(reason: LineRefusal["reason"], detail: string | null): { readonly ok: false; readonly error: LineRefusal } {
  return err({ reason, detail });
}

function readQuantity(text: string, goesBack: boolean): Result<number, LineRefusal> {
  const quantity = /^-?\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(quantity) || Math.abs(quantity) > MOST_UNITS) return refuse("quantity_invalid", text);
  if (quantity === 0) return refuse("quantity_zero", text);
  if (goesBack) return quantity < 0 ? ok(-quantity) : refuse("positive_quantity_in_return", text);
  return quantity > 0 ? ok(quantity) : refuse("negative_quantity", text);
}

/** Reads a decimal at full scale: 0.001 of a currency with cents is 1 at scale 1. */
function readPrice(text: string, currency: string): Result<UnitPrice, LineRefusal> {
  const [, sign, whole = "", decimals = ""] = DECIMAL.exec(text) ?? [];
  if (sign === undefined) return refuse("price_invalid", text);
  if (sign === "-" && /[1-9]/.test(text)) return refuse("negative_price", text);
  const exponent = currencyExponent(currency);
  const significant = decimals.replace(/0+$/, "");
  const scale = Math.max(0, significant.length - exponent);
  if (scale > FINEST_SCALE) return refuse("price_too_fine", text);
  const amount = Number(whole + significant.padEnd(exponent + scale, "0"));
  return ok({ amount, scale, currency, per: { quantity: 1, unit: "piece" } });
}

function readTime(text: string): string | undefined {
  const [, date = "", minute = ""] = LOCAL_TIME.exec(text) ?? [];
  // A date that does not exist reads as another one.
  const at = new Date(`${date}T${minute}:00Z`);
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(`${date}T${minute}`) ? undefined : `${date}T${minute}`;
}

/** Digits below the minor unit to which values are kept, so that sums are exact. */
const EXACT_DIGITS = FINEST_SCALE;

/** Quantity times unit price in ten-thousandths of the minor unit, never rounded. */
export function exactValue({ unitPrice, quantity }: { readonly unitPrice: UnitPrice; readonly quantity: number }): bigint {
  return BigInt(unitPrice.amount) * BigInt(quantity) * 10n ** BigInt(EXACT_DIGITS - unitPrice.scale);
}

/** An exact value as people write it, without zeros that say nothing: `-3120.56`, `0.003`. */
export function writeExact(value: bigint, currency: string): string {
  const digits = currencyExponent(currency) + EXACT_DIGITS;
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, "0");
  const decimals = text.slice(-digits).replace(/0+$/, "").padEnd(currencyExponent(currency), "0");
  return `${value < 0n ? "-" : ""}${text.slice(0, -digits)}${decimals === "" ? "" : `.${decimals}`}`;
}
