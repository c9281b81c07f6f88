import { currencyExponent } from "@weft/kernel";

/** What a person typed as an amount (`12`, `12.5`, `12,50`), in minor units; undefined when it is none. */
export function amountOf(typed: string, currency: string): number | undefined {
  const match = /^(\d{1,7})(?:[.,](\d*))?$/.exec(typed.trim());
  if (!match) return undefined;
  const digits = currencyExponent(currency);
  const fraction = (match[2] ?? "").slice(0, digits).padEnd(digits, "0");
  return Number(`${match[1]}${fraction}`);
}
