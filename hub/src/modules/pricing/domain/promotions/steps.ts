import { lineTotal, type Money, type UnitPrice } from "@weft/kernel";
import type { Ratio } from "../facts.ts";
import { rounded } from "./shares.ts";

/** What one promotion makes of a price by itself, in the terms of its benefit. */
export type PriceStep =
  | { readonly kind: "percentage"; readonly rate: Ratio }
  | { readonly kind: "fixed_price"; readonly money: Money }
  | { readonly kind: "amount"; readonly money: Money };

/** What a step takes off `left` minor units, which are what `pieces` cost; weighed goods have none. */
export function stepOff(step: PriceStep, left: number, pieces: number): number {
  if (step.kind === "percentage") return rounded(left * step.rate.numerator, step.rate.denominator);
  if (step.kind === "fixed_price") return pieces === 0 ? 0 : Math.max(0, left - step.money.amount * pieces);
  return Math.min(left, step.money.amount * pieces);
}

/** A unit price, its options included, after the steps that a product is shown with: what a screen counts before the hub does [PRC-19]. */
export function reduceUnitPrice(price: UnitPrice, steps: readonly PriceStep[]): UnitPrice {
  const { quantity, unit } = price.per;
  const pieces = unit === "piece" ? quantity : 0;
  const amount = steps.reduce((left, step) => left - stepOff(step, left, pieces), lineTotal(price, quantity));
  return { ...price, amount, scale: 0 };
}
