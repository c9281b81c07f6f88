import type { Problems } from "@weft/kernel";

export type LoyaltyError =
  | { readonly code: "loyalty.not_a_member" }
  | { readonly code: "loyalty.no_program" }
  /** `version`: the one in force. */
  | { readonly code: "loyalty.program_changed"; readonly version: number }
  | { readonly code: "loyalty.reward_unknown"; readonly rewardId: string }
  | { readonly code: "loyalty.no_channel" }
  | { readonly code: "loyalty.grant_differs" }
  | { readonly code: "loyalty.approval_needed"; readonly own: number; readonly givenToday: number }
  | { readonly code: "loyalty.approval_refused" }
  | { readonly code: "loyalty.wallet_not_offered"; readonly wallet: string }
  | { readonly code: "access.device_needed" }
  | { readonly code: "access.too_many_tries"; readonly retryAfterSeconds: number }
  | { readonly code: "loyalty.not_offered" }
  | { readonly code: "loyalty.card_unknown" }
  | { readonly code: "loyalty.own_card" }
  | { readonly code: "loyalty.transfer_too_small"; readonly minimum: number }
  | { readonly code: "loyalty.transfer_over_limit"; readonly left: number }
  | { readonly code: "loyalty.transfer_differs" }
  | { readonly code: "loyalty.not_enough_points"; readonly missing: number }
  | { readonly code: "loyalty.referral_unknown" }
  | { readonly code: "loyalty.referral_own" }
  | { readonly code: "loyalty.referral_late" }
  | { readonly code: "loyalty.in_pool" }
  | { readonly code: "loyalty.not_in_pool" }
  | { readonly code: "loyalty.pool_full"; readonly room: number }
  | { readonly code: "loyalty.not_pool_owner" }
  | { readonly code: "loyalty.invitation_ended" }
  /** `today`: where it is latest among the stores. */
  | { readonly code: "loyalty.day_past"; readonly today: string }
  | { readonly code: "loyalty.no_plan" }
  | { readonly code: "loyalty.partner_unknown" }
  | { readonly code: "loyalty.partner_ended" }
  | { readonly code: "loyalty.entity_unknown" }
  | { readonly code: "loyalty.terms_changed"; readonly version: number }
  | { readonly code: "loyalty.currency_stays"; readonly currency: string }
  | { readonly code: "loyalty.purchase_unknown"; readonly reference: string }
  | { readonly code: "loyalty.payment_differs" }
  | { readonly code: "partner.key_unknown" }
  | { readonly code: "partner.card_not_shown" }
  /** `left`: points that the member may use there today. */
  | { readonly code: "partner.over_limit"; readonly left: number }
  | { readonly code: "partner.payment_differs" }
  | { readonly code: "partner.payment_unknown"; readonly reference: string }
  | { readonly code: "customer.card_copied" }
  | { readonly code: "customer.unknown" };

export const LOYALTY_PROBLEMS: Problems<LoyaltyError> = {
  "loyalty.not_a_member": { status: 404, title: "This customer has no member card" },
  "loyalty.no_program": { status: 409, title: "There is no loyalty program yet" },
  "loyalty.program_changed": { status: 409, title: "The program was changed meanwhile: look at it again" },
  "loyalty.reward_unknown": { status: 404, title: "There is no such reward" },
  "loyalty.no_channel": { status: 409, title: "This session acts on no channel" },
  "loyalty.grant_differs": { status: 422, title: "Another grant has this id" },
  "loyalty.approval_needed": { status: 403, title: "So many points need a manager's PIN" },
  "loyalty.approval_refused": { status: 403, title: "This PIN is not that of a manager of this store" },
  "loyalty.wallet_not_offered": { status: 409, title: "This wallet is not set up here" },
  "loyalty.not_offered": { status: 409, title: "The program does not offer this" },
  "loyalty.card_unknown": { status: 404, title: "This is no member's card" },
  "loyalty.own_card": { status: 409, title: "This card is one's own" },
  "loyalty.transfer_too_small": { status: 422, title: "That is less than can be given at once" },
  "loyalty.transfer_over_limit": { status: 409, title: "That is more than can be given in a month" },
  "loyalty.transfer_differs": { status: 422, title: "Another transfer has this id" },
  "loyalty.not_enough_points": { status: 409, title: "There are not enough points for this" },
  "loyalty.referral_unknown": { status: 404, title: "Nobody brings others by this code" },
  "loyalty.referral_own": { status: 409, title: "Nobody brings themselves" },
  "loyalty.referral_late": { status: 409, title: "They have bought here before, or were brought by somebody" },
  "loyalty.in_pool": { status: 409, title: "They share a purse already" },
  "loyalty.not_in_pool": { status: 404, title: "They share no such purse" },
  "loyalty.pool_full": { status: 409, title: "No more people can share this purse" },
  "loyalty.not_pool_owner": { status: 403, title: "This is for who opened the purse" },
  "loyalty.invitation_ended": { status: 410, title: "This invitation was used, or has ended" },
  "access.device_needed": { status: 403, title: "This browser is not enrolled as a till" },
  "access.too_many_tries": { status: 429, title: "Too many wrong tries: wait before the next" },
  "loyalty.day_past": { status: 422, title: "This day has begun somewhere: what is planned begins on a day to come" },
  "loyalty.no_plan": { status: 409, title: "Nothing is planned, or its day has come" },
  "loyalty.partner_unknown": { status: 404, title: "There is no such partner" },
  "loyalty.partner_ended": { status: 409, title: "This partner has ended" },
  "loyalty.entity_unknown": { status: 404, title: "There is no such legal entity" },
  "loyalty.terms_changed": { status: 409, title: "The terms were changed meanwhile: look at them again" },
  "loyalty.currency_stays": { status: 409, title: "The currency of a partner stays: what it owes is in it" },
  "loyalty.purchase_unknown": { status: 404, title: "This partner sent no such purchase" },
  "loyalty.payment_differs": { status: 422, title: "Another payment has this id" },
  "partner.key_unknown": { status: 401, title: "This is the key of no partner" },
  "partner.card_not_shown": { status: 409, title: "Points pay only with what the phone of the member shows now" },
  "partner.over_limit": { status: 409, title: "The member used as many points here today as the terms allow" },
  "partner.payment_differs": { status: 409, title: "This reference paid with other points" },
  "partner.payment_unknown": { status: 404, title: "This partner was paid nothing under this reference" },
  "customer.card_copied": { status: 409, title: "This code was shown somewhere else before: ask for the card itself" },
  "customer.unknown": { status: 404, title: "There is no such customer" },
};
