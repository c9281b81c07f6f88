import type { TaxLine, TicketTender, Totals } from "./types.ts";

export const NO_TOTALS: Totals = { count: 0, net: 0, absolute: 0, byRate: {} };

/** What a ticket adds to totals [R5]. */
export type Raise = { readonly total: number; readonly taxes: readonly TaxLine[] };

/** Totals with one more ticket. */
export function raised({ count, net, absolute, byRate }: Totals, { total, taxes }: Raise): Totals {
  const rates: Record<string, { net: number; absolute: number }> = { ...byRate };
  for (const { rate, gross } of taxes) {
    const key = rateOf(rate);
    const before = rates[key] ?? { net: 0, absolute: 0 };
    rates[key] = { net: before.net + gross, absolute: before.absolute + Math.abs(gross) };
  }
  return { count: count + 1, net: net + total, absolute: absolute + Math.abs(total), byRate: rates };
}

/** Totals of two periods together. */
export function joined(a: Totals, b: Totals): Totals {
  const byRate: Record<string, { net: number; absolute: number }> = { ...a.byRate };
  for (const [rate, { net, absolute }] of Object.entries(b.byRate)) {
    const before = byRate[rate] ?? { net: 0, absolute: 0 };
    byRate[rate] = { net: before.net + net, absolute: before.absolute + absolute };
  }
  return { count: a.count + b.count, net: a.net + b.net, absolute: a.absolute + b.absolute, byRate };
}

/** Hundredths of a percent as text: "1/5" is "2000". A rate that is not whole there stays the fraction that it is. */
export function rateOf(rate: string): string {
  const [numerator = 0, denominator = 1] = rate.split("/").map(Number);
  const hundredths = (10_000 * numerator) / denominator;
  return Number.isSafeInteger(hundredths) ? String(hundredths) : rate;
}

/** What was paid or given back: tenders that wait are not money yet. */
export function paidIn(tenders: readonly TicketTender[]): number {
  return tenders.reduce((sum, { state, amount }) => (state === "captured" || state === "refunded" ? sum + amount : sum), 0);
}
