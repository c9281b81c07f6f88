/** The prefix of every barcode of the chain: 20 to 29 is the range that GS1 leaves to stores for their own goods. */
const IN_STORE_PREFIX = "27";

/** The EAN-13 of the chain's `n`-th article (from 0): prefix, number, check digit. */
export function inStoreBarcode(n: number): string {
  const digits = IN_STORE_PREFIX + String(n + 1).padStart(10, "0");
  return digits + checkDigit(digits);
}

/** GS1 check digit of a number without it: weights 3 and 1 from the right; the digit fills up to a multiple of ten. `"400638133393"` gives 1. */
export function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}
