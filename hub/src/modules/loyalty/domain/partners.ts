import type { PartnerTermsView } from "@weft/contracts";
import { divideRounded, type Id } from "@weft/kernel";

export type PartnerId = Id<"loyalty partner">;

/** What a purchase at a partner earns [LOY-42]: whole steps of what was paid, up to the most of one purchase. Of what stays after a return, the same. */
export function partnerPoints({ points, perMinorUnits, most }: PartnerTermsView, amount: number): number {
  return Math.min(most, Math.floor(amount / perMinorUnits) * points);
}

/** What the partner owes for some points, in minor units, rounded once [LOY-43]. Example: 37 points at 90 for a hundred are 33. */
export function partnerCharge({ charge }: Pick<PartnerTermsView, "charge">, points: number): number {
  return divideRounded(BigInt(points) * BigInt(charge), 100n);
}
