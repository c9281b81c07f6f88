import type { Ratio } from "../../pricing/domain/index.ts";
import { pointsFor, type Earning } from "./earning.ts";

/** What stays of an order after all returns so far: what the customer has still paid for it, and which part of the goods is still theirs. */
export type StillTheirs = { readonly paid: number; readonly goods: Ratio };

/** Nothing stays: a canceled order, or one that came back whole. */
export const NOTHING_LEFT: StillTheirs = { paid: 0, goods: { numerator: 0, denominator: 1 } };

/**
 * The points that an order keeps after returns [LOY-6]: the rule it earned by, computed again on what is still paid. What is taken back is
 * the difference to what was taken before, so any split of returns ends equal and a whole one at exactly nothing.
 * `earned` is the reason that was kept with the movement; without a readable one nothing is kept.
 */
export function keptOfEarned(
  earned: { readonly points: number; readonly because: Earning["because"] | null },
  { paid }: StillTheirs,
): number {
  const { points, perMinorUnits, currency, version } = earned.because?.data ?? {};
  if (typeof points !== "number" || typeof perMinorUnits !== "number" || typeof currency !== "string") return 0;
  const rule = { points, perMinorUnits, currency, version: typeof version === "number" ? version : 0 };
  return Math.min(earned.points, pointsFor(rule, { amount: paid, currency }).points);
}

/** The burned points that stay burned [LOY-6]: the part of the goods that is still theirs, a broken point counting as used. */
export function keptOfBurned(burned: number, { goods: { numerator, denominator } }: StillTheirs): number {
  return Number((BigInt(burned) * BigInt(numerator) + BigInt(denominator) - 1n) / BigInt(denominator));
}
