import { divideRounded } from "@weft/kernel";

/** What `count` of `whole` pieces cost of an amount in minor units, rounded down: whatever is taken one by one is never more than all. */
export const part = (amount: number, count: number, whole: number): number =>
  whole === 0
    ? 0
    : Number.isSafeInteger(amount * count)
      ? Math.floor((amount * count) / whole)
      : Number((BigInt(amount) * BigInt(count)) / BigInt(whole));

/** `numerator / denominator`, halves up; both whole and not negative. In numbers while they are exact: a cart asks it thousands of times. */
export const rounded = (numerator: number, denominator: number): number =>
  Number.isSafeInteger(2 * numerator + denominator)
    ? Math.floor((2 * numerator + denominator) / (2 * denominator))
    : divideRounded(BigInt(numerator), BigInt(denominator));
