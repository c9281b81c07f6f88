import type { Money, Problems } from "@weft/kernel";
import { ACCESS_PROBLEMS, type TooManyTries } from "../access/index.ts";
import type { TenderError } from "./domain.ts";

export type PaymentError =
  | TenderError
  /** `amount`: of which of several cards, as it was to be charged. */
  | { readonly code: "payment.declined"; readonly reason: string; readonly amount?: Money }
  | { readonly code: "payment.timed_out" }
  | { readonly code: "payment.amount_differs"; readonly expected: Money; readonly captured: Money }
  | { readonly code: "payment.method_not_offered"; readonly kind: string }
  | { readonly code: "payment.given_up" }
  | { readonly code: "refund.unknown" }
  | { readonly code: "refund.not_possible"; readonly state: string }
  | ValueError;

/** What keeps store credit or a gift card from paying, or staff from giving or blocking it. */
export type ValueError =
  | { readonly code: "payment.value_short"; readonly kind: string; readonly available: Money }
  | { readonly code: "gift_card.unknown" }
  | { readonly code: "gift_card.replaced" }
  | TooManyTries
  | { readonly code: "gift_card.blocked" }
  | { readonly code: "gift_card.not_blocked" }
  | { readonly code: "gift_card.other_currency"; readonly currency: string }
  | { readonly code: "gift_card.buys_no_card" }
  | { readonly code: "gift_card.paid_at_once" }
  | { readonly code: "gift_card.ended" }
  | { readonly code: "gift_card.too_much"; readonly left: Money; readonly most: Money }
  | { readonly code: "store_credit.grant_differs" }
  | { readonly code: "store_credit.over_limit"; readonly limit: Money; readonly givenToday: Money }
  | { readonly code: "store_credit.no_channel" }
  | { readonly code: "customer.unknown" };

export const PAYMENT_PROBLEMS: Problems<PaymentError> = {
  "payment.tenders_differ": { status: 422, title: "The tenders do not add up to the total" },
  "payment.amount_missing": { status: 422, title: "Only one tender may leave its amount open" },
  "payment.cash_short": { status: 422, title: "The cash handed over does not cover its part" },
  "payment.cash_rounding": { status: 422, title: "Cash is rounded in another way here" },
  "payment.no_tip": { status: 422, title: "No tip is taken here" },
  "payment.declined": { status: 402, title: "The payment was declined" },
  "payment.timed_out": { status: 402, title: "The payment provider did not answer; nothing was charged" },
  "payment.amount_differs": { status: 409, title: "Another amount was taken than agreed; it goes back" },
  "payment.given_up": { status: 402, title: "The payment was given up; nothing was charged" },
  "refund.unknown": { status: 404, title: "There is no such refund" },
  "refund.not_possible": { status: 409, title: "This refund is not in a state in which that can be done" },
  "payment.method_not_offered": { status: 422, title: "This way of paying is not offered here" },
  "payment.value_short": { status: 409, title: "There is not enough left to pay that much with" },
  "gift_card.unknown": { status: 404, title: "There is no such gift card" },
  "gift_card.replaced": { status: 410, title: "This gift card was lost and has another code now" },
  "access.too_many_tries": ACCESS_PROBLEMS["access.too_many_tries"],
  "gift_card.blocked": { status: 409, title: "This gift card is blocked" },
  "gift_card.not_blocked": { status: 409, title: "This gift card is not blocked" },
  "gift_card.other_currency": { status: 409, title: "This gift card is in another currency" },
  "gift_card.buys_no_card": { status: 422, title: "A gift card cannot be bought with a gift card" },
  "gift_card.paid_at_once": { status: 409, title: "What is ordered with gift cards is paid at once" },
  "gift_card.ended": { status: 409, title: "This gift card has ended" },
  "gift_card.too_much": { status: 409, title: "A gift card does not hold that much here" },
  "store_credit.grant_differs": { status: 422, title: "Other store credit was given under this id" },
  "store_credit.over_limit": { status: 409, title: "That is more than you may give in a day" },
  "store_credit.no_channel": { status: 409, title: "This session acts on no channel" },
  "customer.unknown": { status: 404, title: "There is no such customer" },
};
