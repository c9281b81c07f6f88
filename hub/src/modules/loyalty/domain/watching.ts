import type { LoyaltyTermsView } from "@weft/contracts";

export type WatchTerms = NonNullable<LoyaltyTermsView["watch"]>;

/** What was counted of a customer when something happened; `isGiver`: who gave points has the same e-mail address as who got them. */
export type Counted =
  | { readonly kind: "sales"; readonly count: number }
  | { readonly kind: "grants"; readonly count: number; readonly isGiver: boolean }
  | { readonly kind: "returns"; readonly count: number };

export const SUSPICIONS = ["many_sales", "own_grant", "many_grants", "many_returns"] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

/** Whether somebody should look at what happened [LOY-30], and why; nothing is refused for it. */
export function judgeCounted(terms: WatchTerms, counted: Counted): Suspicion | null {
  switch (counted.kind) {
    case "sales":
      return counted.count >= terms.salesPerDay ? "many_sales" : null;
    case "grants":
      return counted.isGiver ? "own_grant" : counted.count >= terms.grantsPerMonth ? "many_grants" : null;
    case "returns":
      return counted.count >= terms.returnsPerQuarter ? "many_returns" : null;
  }
}
