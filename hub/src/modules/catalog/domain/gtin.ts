import { err, ok, type Result } from "@weft/kernel";

export type Symbology = "ean_8" | "upc_a" | "ean_13" | "itf_14";

/** A barcode as the catalog keys it: 14 digits, whatever was printed, so that a UPC-A and the same number as EAN-13 are one. */
export type Gtin = { readonly gtin: string; readonly symbology: Symbology };

export type GtinProblem = "not_digits" | "length" | "check_digit";

const SYMBOLOGIES: Readonly<Record<number, Symbology>> = { 8: "ean_8", 12: "upc_a", 13: "ean_13", 14: "itf_14" };

/** Reads a barcode as scanned or typed; blanks and dashes do not count [CAT-2]. Refuses what a scanner cannot have read. */
export function readGtin(text: string): Result<Gtin, GtinProblem> {
  const digits = text.replaceAll(/[\s-]/g, "");
  if (!/^\d+$/.test(digits)) return err("not_digits");
  const symbology = SYMBOLOGIES[digits.length];
  if (!symbology) return err("length");
  if (checkDigit(digits.slice(0, -1)) !== Number(digits.at(-1))) return err("check_digit");
  return ok({ gtin: digits.padStart(14, "0"), symbology });
}

/** The last digit of a GTIN from those before it: modulo 10, weights 3 and 1 from the right (GS1). `checkDigit("400638133393")` is 1. */
export function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

const DIGITS: Readonly<Record<Symbology, number>> = { ean_8: 8, upc_a: 12, ean_13: 13, itf_14: 14 };

/** The barcode as it is printed below its bars. */
export function printedGtin({ gtin, symbology }: Gtin): string {
  return gtin.slice(-DIGITS[symbology]);
}
