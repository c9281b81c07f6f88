import { lineTotal, type UnitPrice } from "@weft/kernel";
import { checkDigit } from "../../catalog/domain/gtin.ts";

/**
 * A label of a scale as it was read [TIL-31]. `barcode` is what the goods carry in the catalog: the same code with noughts for price or weight and
 * their check digit.
 */
export type ScaleLabel = { readonly barcode: string } & (
  | { readonly kind: "weight"; readonly grams: number }
  | { readonly kind: "price"; readonly amount: number }
);

/**
 * Reads a label by the patterns of its place. Undefined for a code that is none, whose check digit is wrong, or that says nothing: nought grams
 * are not sold.
 */
export function readScaleLabel(code: string, patterns: readonly string[]): ScaleLabel | undefined {
  if (!/^\d{13}$/.test(code) || checkDigit(code.slice(0, 12)) !== Number(code.at(-1))) return undefined;
  const pattern = patterns.find((one) => one.slice(0, 2) === code.slice(0, 2));
  if (pattern === undefined) return undefined;
  const digits = partOf(code, pattern, /[PW]/);
  const check = partOf(code, pattern, /V/);
  if (Number(digits) === 0 || (check !== "" && valueCheckDigit(digits) !== Number(check))) return undefined;
  const barcode = labelBarcode(code, pattern);
  return pattern.includes("P") ? { barcode, kind: "price", amount: Number(digits) } : { barcode, kind: "weight", grams: Number(digits) };
}

const partOf = (code: string, pattern: string, letters: RegExp): string =>
  [...code].filter((_, index) => letters.test(pattern[index] ?? "")).join("");

/** What the catalog knows the goods of a label by. */
function labelBarcode(code: string, pattern: string): string {
  const bare = Array.from(code.slice(0, 12), (digit, index) => (/[PWV]/.test(pattern[index] ?? "") ? "0" : digit)).join("");
  return `${bare}${checkDigit(bare)}`;
}

/** Products of a digit by weighting factor, as the general specifications of GS1 tabulate them (price or weight field in restricted numbers). */
const TWO_MINUS = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7];
const THREE = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7];
const FIVE_PLUS = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9];
const FIVE_MINUS = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1];

/** The check digit of four or five digits of price or weight (GS1): `valueCheckDigit("2875")` is 9, `valueCheckDigit("14685")` is 6. */
export function valueCheckDigit(digits: string): number {
  const weights =
    digits.length === 4 ? [TWO_MINUS, TWO_MINUS, THREE, FIVE_MINUS] : [FIVE_PLUS, TWO_MINUS, FIVE_MINUS, FIVE_PLUS, TWO_MINUS];
  const sum = weights.reduce((all, products, index) => all + (products[Number(digits[index])] ?? 0), 0);
  return digits.length === 4 ? (sum * 3) % 10 : FIVE_MINUS.indexOf((10 - (sum % 10)) % 10);
}

/**
 * The weight that a price stands for: the fewest grams that cost at least so much, so that nobody is asked for more than the label says. Null where
 * nothing is charged by weight. 2.46 at 25.00 a kilogram are 99 g.
 */
export function gramsFor(price: UnitPrice, amount: number): number | null {
  if (price.per.unit !== "gram" || price.amount <= 0) return null;
  const [top, bottom] = [BigInt(amount) * BigInt(price.per.quantity) * 10n ** BigInt(price.scale), BigInt(price.amount)];
  const grams = Number((top + bottom - 1n) / bottom);
  return lineTotal(price, grams) >= amount ? grams : grams + 1;
}
