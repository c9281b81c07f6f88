import { divideRounded } from "@weft/kernel";

/**
 * What of the price of some sales is for the points that they gave [LOY-19], in minor units: the price is shared out by stand-alone prices, that of the
 * goods being what was paid and that of the points what they are expected to be redeemed for (IFRS 15, B39 to B43). Example 52 of the standard:
 * `deferredFor(10_000_000, 950_000)` of 100,000.00 paid and points worth 9,500.00 is 8,675.80.
 */
export function deferredFor(paid: number, worthOfPoints: number): number {
  if (paid <= 0 || worthOfPoints <= 0) return 0;
  return divideRounded(BigInt(paid) * BigInt(worthOfPoints), BigInt(paid) + BigInt(worthOfPoints));
}

/**
 * What of a deferred amount is earned by now: the part of the points expected to be redeemed that was redeemed, all of it when none are left. A new
 * expectation changes what was earned in all, so the difference falls into the period in which it changed.
 */
export function earnedOf(
  deferred: number,
  points: { readonly redeemed: number; readonly expected: number; readonly open: number },
): number {
  if (points.open === 0 || points.redeemed >= points.expected) return deferred;
  return divideRounded(BigInt(deferred) * BigInt(points.redeemed), BigInt(points.expected));
}

/** How many of some points are expected to be redeemed in all, by the part of those that were settled that was; all of them while nothing has expired. */
export function expectedToBeRedeemed(
  points: { readonly given: number; readonly redeemed: number; readonly expired: number },
  rate: number,
): number {
  return Math.max(points.redeemed, Math.min(points.given - points.expired, Math.round(points.given * rate)));
}
