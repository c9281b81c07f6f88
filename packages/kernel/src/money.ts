/** An amount in minor units (cents) of an ISO 4217 currency. Line, total, tender and ledger leg are money. */
export type Money = { readonly amount: number; readonly currency: string };

/**
 * A price of one unit. `amount` is an integer; `scale` is how many digits it has below the minor unit, so that
 * 0.001 GBP is `{ amount: 1, scale: 1, currency: "GBP", per: { quantity: 1, unit: "piece" } }`. Only a line total is rounded.
 */
export type UnitPrice = {
  readonly amount: number;
  readonly scale: number;
  readonly currency: string;
  readonly per: { readonly quantity: number; readonly unit: UnitOfMeasure };
};

/** What a quantity counts: pieces, or grams when the goods are weighed. */
export type UnitOfMeasure = "piece" | "gram";

/** Digits below the major unit, where they are not 2 (ISO 4217, list one). The one table of exponents. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** How many minor-unit digits a currency has: EUR 2, JPY 0, KWD 3. */
export function currencyExponent(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`cannot add ${b.currency} to ${a.currency}: the hub never converts`);
  return { amount: a.amount + b.amount, currency: a.currency };
}

/** Rounds numerator / denominator to the nearest integer, halves away from zero. Exact: no floating point below. */
export function divideRounded(numerator: bigint, denominator: bigint): number {
  const sign = numerator < 0n !== denominator < 0n ? -1n : 1n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  return Number(sign * ((2n * n + d) / (2n * d)));
}

/** The line total in minor units: quantity × unit price, rounded once, halves away from zero. */
export function lineTotal(price: UnitPrice, quantity: number): number {
  return divideRounded(BigInt(price.amount) * BigInt(quantity), BigInt(price.per.quantity) * 10n ** BigInt(price.scale));
}

/**
 * Splits an amount (minor units) over weights in proportion; the shares always sum to `amount`.
 * Left-over units go to the largest remainders, ties to the earlier share (Hamilton's method).
 * Example: `shareOut(100, [1, 1, 1])` is `[34, 33, 33]`. All weights zero: everything goes to the first.
 */
export function shareOut(amount: number, weights: readonly (number | bigint)[]): number[] {
  if (weights.length === 0) return [];
  const total = weights.reduce<bigint>((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) return weights.map((_, index) => (index === 0 ? amount : 0));
  const sign = amount < 0 ? -1 : 1;
  const absolute = BigInt(Math.abs(amount));
  const parts = weights.map((weight, index) => {
    const exact = absolute * BigInt(weight);
    return { index, share: exact / total, remainder: exact % total };
  });
  let left = Number(absolute - parts.reduce((sum, part) => sum + part.share, 0n));
  const byRemainder = [...parts].sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const extra = new Set<number>();
  for (const part of byRemainder) if (left-- > 0) extra.add(part.index);
  return parts.map((part) => sign * (Number(part.share) + (extra.has(part.index) ? 1 : 0)));
}

/** Money as a person reads it: `formatMoney({ amount: 1250, currency: "EUR" }, "fr")` is `12,50 €`. */
export function formatMoney(money: Money, locale: string): string {
  const digits = currencyExponent(money.currency);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: money.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(money.amount / 10 ** digits);
}
