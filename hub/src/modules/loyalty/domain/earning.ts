import type { LoyaltyTermsView } from "@weft/contracts";
import type { Id, Money } from "@weft/kernel";
import { bonusesOf, type Bonus, type EarningSale, type HadBonus } from "./bonuses.ts";
import type { TierPolicy } from "./tiers.ts";

export type ProgramId = Id<"loyalty program">;

/** How the amount of a sale earns: `points` for each full `perMinorUnits` of `currency`. */
export type BaseRule = {
  readonly version: number;
  readonly points: number;
  readonly perMinorUnits: number;
  readonly currency: string;
};

/** One version of how a program earns, never edited: points of the amount, bonuses in the order in which they are judged, and tiers. */
export type EarnRule = BaseRule & {
  readonly programId: ProgramId;
  readonly programName: string;
  /** Points wait so many days before they can be used [LOY-16]. */
  readonly pendingDays: number;
  readonly bonuses: readonly Bonus[];
  readonly tiers: TierPolicy | null;
  /** What members may do with points besides rewards. */
  readonly terms: LoyaltyTermsView;
};

/** Where nothing more was decided, points buy rewards. */
export const NO_TERMS: LoyaltyTermsView = { paying: null, referral: null, transfers: null, pools: null, watch: null };

/** What a sale earned and why: the rule, its version, and the amount it was computed from. */
export type Earning = {
  readonly points: number;
  readonly because: { readonly kind: "earned"; readonly data: Record<string, unknown> };
  readonly bonuses: readonly HadBonus[];
};

/**
 * The points of an amount [LOY-2]: whole steps of what the customer pays, tax in; another currency earns nothing.
 * Example: one point per 100 minor units makes 7 points of 7.99 EUR.
 */
export function pointsFor(rule: BaseRule, paid: Money): Earning {
  const counts = paid.currency === rule.currency && paid.amount > 0;
  const points = counts ? Math.floor(paid.amount / rule.perMinorUnits) * rule.points : 0;
  const { points: each, perMinorUnits, currency, version } = rule;
  return {
    points,
    because: { kind: "earned", data: { points: each, perMinorUnits, currency, version, amount: paid.amount } },
    bonuses: [],
  };
}

/** What a sale earns [LOY-2, LOY-13]: the points of its amount, and its bonuses. The same in the preview of the cart and in its completion. */
export function earnedBy(rule: EarnRule, sale: EarningSale): Earning {
  const base = pointsFor(rule, sale.paid);
  const counts = sale.paid.currency === rule.currency && sale.paid.amount > 0;
  const bonuses = counts && rule.bonuses.length > 0 ? bonusesOf(rule.bonuses, rule, sale) : [];
  if (bonuses.length === 0) return base;
  const points = bonuses.reduce((all, bonus) => all + bonus.points, base.points);
  return { points, because: { kind: "earned", data: { ...base.because.data, bonuses } }, bonuses };
}
