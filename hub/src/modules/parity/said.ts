import type { UnitPrice } from "@weft/kernel";
import { pointsFor, type EarnRule } from "../loyalty/index.ts";
import type { GoodsPromise } from "../promises/index.ts";

/** What promotions make of a price, and the conditional ones that are told beside it. */
export function promotionText(reduced: string | null, conditions: readonly string[]): string | null {
  const parts = [...(reduced === null ? [] : [reduced]), ...conditions];
  return parts.length === 0 ? null : parts.join("; ");
}

/** The points that one unit would earn by itself. */
export function pointsText(rule: EarnRule, { amount, scale, currency }: UnitPrice): string {
  return String(pointsFor(rule, { amount: Math.round(amount / 10 ** scale), currency }).points);
}

/** When something is promised, as it compares; null where the channel may promise nothing of that place. */
export function promiseText(promise: GoodsPromise | null | undefined): string {
  if (promise === null) return "not_linked";
  if (!promise?.promiseAt) return promise?.because?.kind ?? "none";
  return `${promise.method ?? "collect"} ${promise.promiseAt.toISOString().slice(0, 16)}Z`;
}
