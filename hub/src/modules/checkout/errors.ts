import type { Problems } from "@weft/kernel";
import { FULFILLMENT_PROBLEMS, type FulfillmentError } from "../fulfillment/index.ts";
import type { RefusedSale } from "./domain/index.ts";

export type CheckoutError =
  | RefusedSale
  | FulfillmentError
  | { readonly code: "cart.unknown" }
  | { readonly code: "cart.not_yours" }
  | { readonly code: "cart.closed"; readonly state: string; readonly orderId: string | null }
  | { readonly code: "cart.completing" }
  | { readonly code: "cart.changed" }
  | { readonly code: "company.may_not_order" }
  | { readonly code: "company.over_limit"; readonly limit: string; readonly left: number; readonly currency: string }
  | { readonly code: "order.unknown" }
  | { readonly code: "order.not_cancelable"; readonly state: string }
  | { readonly code: "conflict.unknown" }
  | { readonly code: "conflict.other_order" }
  | { readonly code: "conflict.no_other_place" };

export const CHECKOUT_PROBLEMS: Problems<CheckoutError> = {
  ...FULFILLMENT_PROBLEMS,
  "cart.unknown": { status: 404, title: "There is no such cart" },
  "cart.not_yours": { status: 403, title: "This cart is held by somebody else" },
  "cart.closed": { status: 409, title: "This cart takes no more changes" },
  "cart.completing": { status: 409, title: "This cart is being paid" },
  "cart.changed": { status: 409, title: "The cart changed meanwhile; look at it again" },
  "cart.requirements_unmet": { status: 409, title: "Something is missing before this cart can be ordered" },
  "cart.total_changed": { status: 409, title: "The total is not the one that was shown" },
  "stock.insufficient": { status: 409, title: "Not enough stock at this place" },
  "pricing.code_used_up": { status: 409, title: "This code has been used as often as it may be" },
  "pricing.promotion_used_up": { status: 409, title: "This promotion is used up; the price is another one now" },
  "loyalty.not_enough_points": { status: 409, title: "There are not enough points for this reward" },
  "company.may_not_order": { status: 409, title: "This customer may not order for this company any more" },
  "company.over_limit": { status: 409, title: "This order would pass the limit of the company" },
  "order.unknown": { status: 404, title: "There is no such order" },
  "conflict.unknown": { status: 404, title: "There is no such stock conflict" },
  "conflict.no_other_place": { status: 409, title: "No other place can serve these units" },
  "conflict.other_order": { status: 409, title: "This order does not wait for the missing units any more" },
  "order.not_cancelable": { status: 409, title: "This order can no longer be canceled" },
};
