import type { Id, Money } from "@weft/kernel";

export type ProgramId = Id<"loyalty program">;

/** How a sale earns: `points` for each full `perMinorUnits` of `currency`. Versioned, never edited. */
export type EarnRule = {
  readonly programId: ProgramId;
  readonly programName: string;
  readonly version: number;
  readonly points: number;
  readonly perMinorUnits: number;
  readonly currency: string;
};

/** What a sale earned and why: the rule, its version, and the amount it was computed from. */
export type Earning = { readonly points: number; readonly because: { readonly kind: "earned"; readonly data: Record<string, unknown> } };

/**
 * The points of a sale [LOY-2]: whole steps of the amount that the customer pays, tax in; another currency earns nothing.
 * The same in the preview of the cart, the offline till and the completion.
 * Example: one point per 100 minor units makes 7 points of 7.99 EUR.
 */
export function pointsFor(rule: Omit<EarnRule, "programId" | "programName">, paid: Money): Earning {
  const counts = paid.currency === rule.currency && paid.amount > 0;
  const points = counts ? Math.floor(paid.amount / rule.perMinorUnits) * rule.points : 0;
  const { points: each, perMinorUnits, currency, version } = rule;
  return { points, because: { kind: "earned", data: { points: each, perMinorUnits, currency, version, amount: paid.amount } } };
}
