import type { LoyaltyTermsView } from "@weft/contracts";
import type { EarningSale } from "./bonuses.ts";

/** Points as a means of payment [LOY-26]: `points` pay `minorUnits`, from `minimum` points on, up to `maxPercent` of a sale. */
export type PayTerms = NonNullable<LoyaltyTermsView["paying"]>;

/** Points that an amount takes, a broken point counting as one: `pointsToPay({ points: 100, minorUnits: 500 }, 499)` is 100. */
export function pointsToPay({ points, minorUnits }: Pick<PayTerms, "points" | "minorUnits">, amount: number): number {
  return Number((BigInt(amount) * BigInt(points) + BigInt(minorUnits) - 1n) / BigInt(minorUnits));
}

/** What some points can pay, in minor units; a part of a unit pays nothing. */
export function worthOfPoints({ points, minorUnits }: Pick<PayTerms, "points" | "minorUnits">, has: number): number {
  return Number((BigInt(Math.max(0, has)) * BigInt(minorUnits)) / BigInt(points));
}

/** What of a total points may pay, in minor units: nothing, or between `least` and `most`. */
export function payableInPoints(terms: PayTerms, total: number, has: number): { readonly least: number; readonly most: number } | null {
  const most = Math.min(Math.floor((total * terms.maxPercent) / 100), worthOfPoints(terms, has));
  const least = Math.max(1, worthOfPoints(terms, terms.minimum));
  return most >= least ? { least, most } : null;
}

/**
 * A sale as it earns when points pay `byPoints` of it [LOY-8]: nothing is earned on these, and they are taken off all of its lines in proportion, because
 * nobody says which goods they paid.
 */
export function withoutPoints(sale: EarningSale, byPoints: number): EarningSale {
  if (byPoints === 0) return sale;
  const { amount: whole, currency } = sale.paid;
  const amount = Math.max(0, whole - byPoints);
  return {
    ...sale,
    paid: { amount, currency },
    lines: sale.lines.map((line) => ({ ...line, amount: shareOf(line.amount, amount, whole) })),
  };
}

/** `part / whole` of an amount, rounded down. */
export function shareOf(amount: number, part: number, whole: number): number {
  return whole === 0 ? 0 : Number((BigInt(amount) * BigInt(part)) / BigInt(whole));
}
