import type { Problems } from "@weft/kernel";

export type LoyaltyError =
  | { readonly code: "loyalty.not_a_member" }
  | { readonly code: "loyalty.no_program" }
  | { readonly code: "loyalty.reward_unknown"; readonly rewardId: string }
  | { readonly code: "customer.unknown" };

export const LOYALTY_PROBLEMS: Problems<LoyaltyError> = {
  "loyalty.not_a_member": { status: 404, title: "This customer has no member card" },
  "loyalty.no_program": { status: 409, title: "There is no loyalty program yet" },
  "loyalty.reward_unknown": { status: 404, title: "There is no such reward" },
  "customer.unknown": { status: 404, title: "There is no such customer" },
};
