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
  | { readonly code: "access.device_needed" }
  | { readonly code: "access.too_many_tries"; readonly retryAfterSeconds: number }
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
  "access.device_needed": { status: 403, title: "This browser is not enrolled as a till" },
  "access.too_many_tries": { status: 429, title: "Too many wrong tries: wait before the next" },
  "customer.unknown": { status: 404, title: "There is no such customer" },
};
