import { formatNumber } from "@weft/ui/i18n/format.ts";

/** Minor units of what was typed; why it is no amount otherwise. */
export type TypedMoney =
  | { readonly kind: "amount"; readonly amount: number }
  | { readonly kind: "none" }
  | { readonly kind: "too_fine"; readonly digits: number };

/**
 * Reads an amount in units of its currency, with a point or a comma [OFC-7]: `12.5` and `12,50` are 1250 of a currency with two decimals. What is finer
 * than its smallest coin is refused rather than cut; so is `1.000` where it would be mistaken for a thousand.
 */
export function typedMoney(typed: string, digits: number): TypedMoney {
  const parts = /^(\d{1,12})(?:[.,](\d+))?$/.exec(typed.replaceAll(/[\s\u00a0\u202f'’]/g, ""));
  if (!parts) return { kind: "none" };
  const [, whole = "0", decimals = ""] = parts;
  if (decimals.length > digits) return { kind: "too_fine", digits };
  return { kind: "amount", amount: Number(whole + decimals.padEnd(digits, "0")) };
}

/** An amount as it is typed again: with the decimals of its currency, the decimal sign of the language, and nothing between thousands. */
export const moneyTyped = (amount: number, digits: number): string =>
  formatNumber(amount / 10 ** digits, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
