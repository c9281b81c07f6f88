import type { LocalizedText } from "@weft/contracts";
import { addDays } from "@weft/kernel";

export type TierBasis = "points" | "spend" | "visits";
export type Tier = { readonly code: string; readonly name: LocalizedText; readonly from: number };

/** The tiers of a program, the lowest first, and what becomes of who falls below [LOY-15]. */
export type TierPolicy = {
  readonly basis: TierBasis;
  readonly window: { readonly kind: "days"; readonly days: number } | { readonly kind: "year" };
  readonly downgrade: { readonly kind: "never" } | { readonly kind: "after"; readonly days: number };
  readonly softLanding: boolean;
  readonly tiers: readonly Tier[];
};

/** Where a member stands: their tier, and the day since which they have been below it. Dates are business dates, `2026-03-02`. */
export type TierStanding = { readonly code: string | null; readonly belowSince: string | null };

/** What a member reached within the window, and what they reached in the calendar year before, which counts only for a window of years. */
export type Reached = { readonly now: number; readonly before: number };

/** The first days of the window that ends today, and of the year before it where that counts. */
export function windowOf({ window }: Pick<TierPolicy, "window">, today: string): { readonly from: string; readonly before: string | null } {
  if (window.kind === "days") return { from: addDays(today, 1 - window.days), before: null };
  const year = Number(today.slice(0, 4));
  return { from: `${year}-01-01`, before: `${year - 1}-01-01` };
}

/** The tier that somebody has reached; null below the first. */
export function tierReached({ tiers }: Pick<TierPolicy, "tiers">, reached: number): Tier | null {
  return tiers.findLast(({ from }) => reached >= from) ?? null;
}

/**
 * Where a member stands after today [LOY-15]: up at once, as far as they reached; down not before the days of grace are over, by one tier where
 * they land softly, and never where the policy says so. A tier that the program no longer has counts as none.
 */
export function nextStanding(policy: TierPolicy, standing: TierStanding, reached: Reached, today: string): TierStanding {
  const indexOf = (code: string | null): number => policy.tiers.findIndex((tier) => tier.code === code);
  const earned = indexOf(tierReached(policy, Math.max(reached.now, reached.before))?.code ?? null);
  const current = indexOf(standing.code);
  const at = (index: number): TierStanding => ({ code: policy.tiers[index]?.code ?? null, belowSince: null });
  if (earned >= current) return at(earned);
  const { downgrade, softLanding } = policy;
  if (downgrade.kind === "never") return at(current);
  const belowSince = standing.belowSince ?? today;
  if (addDays(belowSince, downgrade.days) > today) return { code: standing.code, belowSince };
  return at(softLanding ? current - 1 : earned);
}

/** The tier after the one that somebody is in, and what is missing to it. */
export function nextTier(
  { tiers }: Pick<TierPolicy, "tiers">,
  code: string | null,
  reached: number,
): { readonly tier: Tier; readonly missing: number } | null {
  const tier = tiers[tiers.findIndex((one) => one.code === code) + 1];
  return tier ? { tier, missing: Math.max(0, tier.from - reached) } : null;
}
