import { cashRounding } from "../../payments/domain.ts";
import type { PlannedReturn } from "../../returns/domain/index.ts";
import type { SoldGoods } from "./own-return.ts";

/** Why a register without the hub does not exchange goods of a sale. */
export type NotExchanged =
  /** Points, gift cards or store credit paid a part of it, which only the hub gives back to where it was. */
  | "by_values"
  /** A card paid, and what goes out is worth less: only the hub gives back to a card. */
  | "cheaper_by_card";

/** What is paid in minor units for what goes out; below zero it is given back, in cash. */
export type ExchangeHere = { readonly difference: number; readonly rounding: number };

/**
 * What an exchange comes to without the hub [TIL-55]: what was paid in money pays for what goes out, the difference is paid, or given in cash where cash
 * paid. `rounding` is that of cash that is given. Answers why there is none else.
 */
export function exchangeHere(
  { tenders }: Pick<SoldGoods, "tenders">,
  plan: Pick<PlannedReturn, "total">,
  out: { readonly total: number; readonly cashStep: number },
): ExchangeHere | NotExchanged {
  if (tenders.some(({ kind }) => kind !== "cash" && kind !== "card")) return "by_values";
  const difference = out.total - plan.total;
  if (difference < 0 && tenders.some(({ kind }) => kind === "card")) return "cheaper_by_card";
  return { difference, rounding: difference < 0 ? 0 - cashRounding(-difference, out.cashStep) : 0 };
}

/** VAT at one rate, as `1/5`, of a document of the journal. */
type RateLine = { readonly rate: string; readonly net: number; readonly tax: number; readonly gross: number };

/** The VAT of what went out and of what came back, rate by rate. */
export function joinedRates(taxes: readonly RateLine[]): RateLine[] {
  const rates = new Map<string, RateLine>();
  for (const { rate, net, tax, gross } of taxes) {
    const before = rates.get(rate) ?? { net: 0, tax: 0, gross: 0 };
    rates.set(rate, { rate, net: before.net + net, tax: before.tax + tax, gross: before.gross + gross });
  }
  return [...rates.values()];
}
