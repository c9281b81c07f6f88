import type { Problems } from "@weft/kernel";

export type LoyaltyError = { readonly code: "loyalty.not_a_member" } | { readonly code: "customer.unknown" };

export const LOYALTY_PROBLEMS: Problems<LoyaltyError> = {
  "loyalty.not_a_member": { status: 404, title: "This customer has no member card" },
  "customer.unknown": { status: 404, title: "There is no such customer" },
};
