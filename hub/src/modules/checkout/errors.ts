import type { Because } from "@weft/contracts";
import type { CodedError, Money, Problems } from "@weft/kernel";
import { FULFILLMENT_PROBLEMS, type FulfillmentError } from "../fulfillment/index.ts";
import type { AddressProblem } from "../promises/index.ts";
import type { RefusedSale, RemovalError } from "./domain/index.ts";

export type CheckoutError =
  | RefusedSale
  | FulfillmentError
  | { readonly code: "cart.unknown" }
  | { readonly code: "loyalty.points_share"; readonly least: Money; readonly most: Money }
  | { readonly code: "cart.not_yours" }
  | { readonly code: "cart.closed"; readonly state: string; readonly orderId: string | null }
  | { readonly code: "cart.completing" }
  | { readonly code: "cart.changed" }
  | { readonly code: "checkout.not_taken_back"; readonly because: CodedError }
  | { readonly code: "cart.goods_unknown"; readonly variantIds: readonly string[] }
  | { readonly code: "offer.expired"; readonly validUntil: string }
  | { readonly code: "offer.not_changeable" }
  | { readonly code: "promise.slot_refused"; readonly because: Because }
  | { readonly code: "booking.lapsed"; readonly lineId: string }
  | { readonly code: "promise.slot_full"; readonly startsAt: string; readonly nextAt?: string; readonly nextSlotId?: string }
  | { readonly code: "promise.later_now" }
  | { readonly code: "company.may_not_order" }
  | { readonly code: "company.over_limit"; readonly limit: string; readonly left: number; readonly currency: string }
  | { readonly code: "order.unknown" }
  | { readonly code: "order.claimed" }
  | { readonly code: "order.not_claimable" }
  | { readonly code: "order.not_cancelable"; readonly state: string }
  | RemovalError
  | { readonly code: "order.not_changeable"; readonly because: "history" | "canceled" | "handed_over" | "other_channel" }
  | { readonly code: "order.nothing_changed" }
  | { readonly code: "order.no_room"; readonly startsAt: string; readonly nextAt: string | null; readonly nextSlotId: string | null }
  | { readonly code: "order.being_paid" }
  | { readonly code: "order.nothing_due" }
  | { readonly code: "order.due_changed"; readonly due: Money }
  | { readonly code: "order.link_ended" }
  | { readonly code: "order.link_refused"; readonly because: "end" | "nothing_to_pay" }
  | { readonly code: "order.version_missing" }
  | { readonly code: "order.version_differs"; readonly version: number }
  | { readonly code: "order.difference_changed"; readonly expected: Money; readonly difference: Money }
  | { readonly code: "order.add_refused"; readonly refusal: string; readonly data: Record<string, unknown> }
  | { readonly code: "order.way_refused"; readonly because: Because }
  | { readonly code: "order.address_refused"; readonly errors: readonly AddressProblem[]; readonly country: string | null }
  | { readonly code: "conflict.unknown" }
  | { readonly code: "conflict.other_order" }
  | { readonly code: "conflict.no_other_place" }
  | { readonly code: "conflict.other_day"; readonly on: string | null };

export const CHECKOUT_PROBLEMS: Problems<CheckoutError> = {
  ...FULFILLMENT_PROBLEMS,
  "cart.unknown": { status: 404, title: "There is no such cart" },
  "cart.not_yours": { status: 403, title: "This cart is held by somebody else" },
  "cart.closed": { status: 409, title: "This cart takes no more changes" },
  "cart.completing": { status: 409, title: "This cart is being paid" },
  "cart.changed": { status: 409, title: "The cart changed meanwhile; look at it again" },
  "checkout.not_taken_back": {
    status: 409,
    title: "What was brought for it cannot be taken back any more; a card that was charged gets its money back",
  },
  "offer.expired": { status: 410, title: "This offer stands no more; ask for it to be renewed" },
  "offer.not_changeable": { status: 409, title: "This cart is offered as it is" },
  "cart.goods_unknown": { status: 409, title: "Something that was sold is not in this catalog" },
  "cart.requirements_unmet": { status: 409, title: "Something is missing before this cart can be ordered" },
  "cart.total_changed": { status: 409, title: "The total is not the one that was shown" },
  "stock.insufficient": { status: 409, title: "Not enough stock at this place" },
  "pricing.code_used_up": { status: 409, title: "This code has been used as often as it may be" },
  "pricing.promotion_used_up": { status: 409, title: "This promotion is used up; the price is another one now" },
  "loyalty.not_enough_points": { status: 409, title: "There are not enough points for this" },
  "loyalty.points_share": { status: 422, title: "Points may pay another part of this sale" },
  "promise.slot_refused": { status: 409, title: "This collection slot cannot be taken" },
  "promise.later_now": {
    status: 409,
    title: "Others were faster, so that it is ready later than was shown; look at the new time and order again",
  },
  "promise.slot_full": { status: 409, title: "This collection slot was taken by others meanwhile; choose another one" },
  "booking.lapsed": { status: 409, title: "The time of this service was taken by others meanwhile; choose another one" },
  "company.may_not_order": { status: 409, title: "This customer may not order for this company any more" },
  "company.no_credit": { status: 409, title: "This company does not buy on account in this currency" },
  "company.over_credit": { status: 409, title: "This order would pass the credit of the company" },
  "payment.account_alone": { status: 422, title: "An order on account is on account as a whole" },
  "company.over_limit": { status: 409, title: "This order would pass the limit of the company" },
  "order.claimed": { status: 409, title: "This sale is somebody's purchase already" },
  "order.not_claimable": { status: 409, title: "This sale cannot be added to purchases" },
  "order.unknown": { status: 404, title: "There is no such order" },
  "conflict.unknown": { status: 404, title: "There is no such stock conflict" },
  "conflict.no_other_place": { status: 409, title: "No other place can serve these units" },
  "conflict.other_day": { status: 409, title: "Goods do not come on that day any more" },
  "conflict.other_order": { status: 409, title: "This order does not wait for the missing units any more" },
  "order.change_closed": { status: 409, title: "It has been begun and takes no more changes" },
  "order.units_gone": { status: 409, title: "There are not so many units of this line left to take off" },
  "order.not_changeable": { status: 409, title: "This order can not be changed" },
  "order.being_paid": { status: 409, title: "Another change of this order is being paid right now" },
  "order.nothing_due": { status: 409, title: "Nothing is due on this order any more" },
  "order.due_changed": { status: 409, title: "Another amount is due on this order" },
  "order.link_ended": { status: 410, title: "This link stands no more; the order is as it was" },
  "order.link_refused": { status: 422, title: "A link is for a change that costs more, and ends within 14 days" },
  "order.nothing_changed": { status: 422, title: "This change would change nothing" },
  "order.no_room": { status: 409, title: "Its slot has no room for so much; the next that has is named" },
  "order.version_missing": { status: 428, title: "Say in If-Match which version of the order this change is about" },
  "order.version_differs": { status: 412, title: "The order changed meanwhile; look at it again" },
  "order.difference_changed": { status: 409, title: "The difference is not the one that was shown" },
  "order.add_refused": { status: 422, title: "This can not come to an order" },
  "order.way_refused": { status: 409, title: "This order cannot be had in that way" },
  "order.address_refused": { status: 422, title: "This order can not be sent there" },
  "order.not_cancelable": { status: 409, title: "This order can no longer be canceled" },
};
