import type { LoyaltyTermsView } from "@weft/contracts";
import type { Id, RecordId } from "@weft/kernel";

export type ReferralTerms = NonNullable<LoyaltyTermsView["referral"]>;

export type ReferralId = Id<"referral">;

/** Somebody who was brought and has not ordered yet; `thankedThisYear` is how often who brought them was thanked already. */
export type WaitingReferral = {
  readonly id: ReferralId;
  readonly friendId: RecordId;
  readonly referrerId: RecordId;
  readonly thankedThisYear: number;
  readonly shared: string | null;
};

/** What is known when a friend orders for the first time: `shared` is what both have in common that usually one person has. */
export type FirstOrder = { readonly paid: number; readonly thankedThisYear: number; readonly shared: string | null };

export type ReferralDecision =
  | { readonly kind: "thanks"; readonly friend: number; readonly referrer: number }
  | { readonly kind: "refused"; readonly because: string };

/**
 * Whether a first order thanks both, who came and who brought them [LOY-27]: when it comes to the minimum, and when they do not look like one person.
 * Somebody who was thanked often enough this year brings others all the same, and these get their points.
 */
export function judgeReferral(terms: ReferralTerms, { paid, thankedThisYear, shared }: FirstOrder): ReferralDecision {
  if (shared !== null) return { kind: "refused", because: `shared_${shared}` };
  if (paid < leastOf(terms.minimum)) return { kind: "refused", because: "below_minimum" };
  return { kind: "thanks", friend: terms.friendPoints, referrer: thankedThisYear < terms.perYear ? terms.referrerPoints : 0 };
}

/** Something has to be paid. */
export const leastOf = (minimum: number): number => Math.max(1, minimum);

const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 8;

/** A code that somebody can say and type, from random bytes: letters and digits that are not taken for each other. */
export const referralCode = (random: Uint8Array): string =>
  [...random.subarray(0, CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
