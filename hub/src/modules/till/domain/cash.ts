/** Coins or notes of one value, as they were counted. `denomination` in minor units: a 20-euro note is 2000. */
export type CountedLine = { readonly denomination: number; readonly count: number };

/** What a count comes to, in minor units. */
export function sumOfCount(lines: readonly CountedLine[]): number {
  return lines.reduce((sum, { denomination, count }) => sum + denomination * count, 0);
}

/** Coins and notes of a currency in minor units, the largest first. What is not in the table is counted as one amount. */
export function denominationsOf(currency: string): readonly number[] {
  return DENOMINATIONS[currency] ?? [1];
}

const DENOMINATIONS: Readonly<Record<string, readonly number[]>> = {
  EUR: [20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  GBP: [5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  CHF: [20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5],
  USD: [10000, 5000, 2000, 1000, 500, 200, 100, 25, 10, 5, 1],
};

type CashTender = {
  readonly kind: string;
  readonly amount: number;
  readonly received: number | null;
  readonly change: number | null;
  readonly tip: number;
};

/** What was added to a cash tender in coins, or taken off it: what was handed over less what was owed and what was given on top. */
export function roundingOf({ amount, received, change, tip }: Omit<CashTender, "kind">): number {
  return received === null ? 0 : received - (change ?? 0) - amount - tip;
}

/** What rounding added to the cash of these tenders, or took off it. */
export function roundedIn(tenders: readonly CashTender[]): number {
  return tenders.reduce((sum, tender) => (tender.kind === "cash" ? sum + roundingOf(tender) : sum), 0);
}

/**
 * Amounts that a customer is likely to hand over for `total` (minor units), the exact one first, rising: 4.60 gives 4.60, 5, 10, 20, 50.
 * Each is the total rounded up to a note or coin that is larger than a tenth of it, because nobody pays 46 euro in 50-cent steps.
 */
export function likelyCash(total: number, currency: string, most = 5): readonly number[] {
  if (total <= 0) return [0];
  const steps = denominationsOf(currency).filter((step) => step >= 100 && step * 10 > total);
  const rounded = steps.map((step) => Math.ceil(total / step) * step);
  return [...new Set([total, ...rounded])].toSorted((a, b) => a - b).slice(0, most);
}
