import { divideRounded } from "@weft/kernel";
import type { RoundingMode } from "./facts.ts";

/** An exact amount in minor units as a ratio; the denominator is positive. Tax is kept so until the policy rounds it. */
export type Exact = { readonly numerator: bigint; readonly denominator: bigint };

/** Rounds an amount that is not negative to whole minor units. Halves: see `RoundingMode`. */
export function roundExact({ numerator, denominator }: Exact, mode: RoundingMode): number {
  const whole = numerator / denominator;
  if (mode === "down") return Number(whole);
  const isHalf = mode === "half_even" && 2n * (numerator % denominator) === denominator;
  return isHalf ? Number(whole + (whole % 2n)) : divideRounded(numerator, denominator);
}

export function sumExact(amounts: readonly Exact[]): Exact {
  let [numerator, denominator] = [0n, 1n];
  for (const amount of amounts) {
    if (amount.denominator === denominator) numerator += amount.numerator;
    else [numerator, denominator] = [numerator * amount.denominator + amount.numerator * denominator, denominator * amount.denominator];
  }
  return { numerator, denominator };
}

/** The amounts as integers in the same proportions, to share a rounded sum by. */
export function toWeights(amounts: readonly Exact[]): bigint[] {
  const common = [...new Set(amounts.map((amount) => amount.denominator))].reduce((product, denominator) => product * denominator, 1n);
  return amounts.map((amount) => amount.numerator * (common / amount.denominator));
}
