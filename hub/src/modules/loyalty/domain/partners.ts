import type { PartnerTermsView } from "@weft/contracts";
import { divideRounded, type Id } from "@weft/kernel";

export type PartnerId = Id<"loyalty partner">;
/** What of the terms says what a purchase earns and costs. */
export type EarningTerms = Pick<PartnerTermsView, "points" | "perMinorUnits" | "charge" | "most">;

/** What a purchase at a partner earns [LOY-42]: whole steps of what was paid, up to the most of one purchase. Of what stays after a return, the same. */
export function partnerPoints({ points, perMinorUnits, most }: EarningTerms, amount: number): number {
  return Math.min(most, Math.floor(amount / perMinorUnits) * points);
}

/** What points pay at a partner, in minor units, rounded down: a part of them never pays more than they do together [LOY-46]. Example: 150 at 80 for a hundred pay 120. */
export function partnerPays(burn: NonNullable<PartnerTermsView["burn"]>, points: number): number {
  return Math.floor((points * burn.pays) / 100);
}

/** What the partner owes for some points, in minor units, rounded once [LOY-43]. Example: 37 points at 90 for a hundred are 33. */
export function partnerCharge({ charge }: Pick<PartnerTermsView, "charge">, points: number): number {
  return divideRounded(BigInt(points) * BigInt(charge), 100n);
}
