import type { Ratio } from "../../pricing/domain/index.ts";
import { pointsFor } from "./earning.ts";

/** What stays of an order after all returns so far: what the customer has still paid for it, and which part of the goods is still theirs. */
export type StillTheirs = { readonly paid: number; readonly goods: Ratio };

/** Nothing stays: a canceled order, or one that came back whole. */
export const NOTHING_LEFT: StillTheirs = { paid: 0, goods: { numerator: 0, denominator: 1 } };

/**
 * The points that an order keeps after returns [LOY-6]: the rule it earned by, computed again on what is still paid. What is taken back is
 * the difference to what was taken before, so any split of returns ends equal and a whole one at exactly nothing.
 * `rule` is the reason that was kept with the movement; without a readable one nothing is kept.
 */
export function pointsKept(rule: { readonly data: Record<string, unknown> } | null, { paid }: StillTheirs): number {
  const { points, perMinorUnits, currency, version } = rule?.data ?? {};
  if (typeof points !== "number" || typeof perMinorUnits !== "number" || typeof currency !== "string") return 0;
  return pointsFor({ points, perMinorUnits, currency, version: typeof version === "number" ? version : 0 }, { amount: paid, currency })
    .points;
}

/** How `keeps` points are left with an order and then its changes, each at most what it has: `keptOfEach([10, 5], 12)` is `[10, 2]`. */
export function keptOfEach(has: readonly number[], keeps: number): number[] {
  let rest = keeps;
  return has.map((points) => {
    const kept = Math.max(0, Math.min(points, rest));
    rest -= kept;
    return kept;
  });
}

/** The burned points that stay burned [LOY-6]: the part of the goods that is still theirs, a broken point counting as used. */
export function keptOfBurned(burned: number, { goods: { numerator, denominator } }: StillTheirs): number {
  return Number((BigInt(burned) * BigInt(numerator) + BigInt(denominator) - 1n) / BigInt(denominator));
}
