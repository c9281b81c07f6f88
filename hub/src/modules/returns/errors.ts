import type { Money, Problems } from "@weft/kernel";
import type { PlanError, RequestClosed, ReturnClosed, UnprovenError } from "./domain/index.ts";

export type ReturnError =
  | PlanError
  | UnprovenError
  | { readonly code: "return.unproven_closed" }
  | { readonly code: "return.customer_needed" }
  | { readonly code: "return.total_changed"; readonly total: Money }
  /** More than a place takes without a manager: of one return, and what is left for the customer. */
  | { readonly code: "return.approval_needed"; readonly most: Money; readonly left: Money }
  | { readonly code: "return.approval_refused" }
  | { readonly code: "access.device_needed" }
  | { readonly code: "access.too_many_tries"; readonly retryAfterSeconds: number }
  | RequestClosed
  | { readonly code: "return.reason_missing" }
  /** Nothing of it lies at a place yet. */
  | { readonly code: "return.not_received" }
  | { readonly code: "return.no_parcel" }
  /** All of it came back already. */
  | { readonly code: "return.nothing_left" }
  | { readonly code: "return.exchange_not_there" }
  | { readonly code: "return.exchange_needs_customer" }
  | { readonly code: "order.unknown" }
  | { readonly code: "return.unknown" }
  | { readonly code: "return.other_place" }
  /** `because` says which rule closed it. */
  | { readonly code: "return.not_possible"; readonly because: ReturnClosed }
  | { readonly code: "return.refund_not_there"; readonly refundTo: string }
  | { readonly code: "return.not_a_present" }
  | { readonly code: "return.cash_needs_till" }
  | { readonly code: "return.already_taken" }
  | { readonly code: "return.needs_staff" };

export const RETURN_PROBLEMS: Problems<ReturnError> = {
  "order.unknown": { status: 404, title: "There is no such order" },
  "return.unknown": { status: 404, title: "There is no such return" },
  "return.other_place": { status: 403, title: "You do not work at this place" },
  "return.not_possible": { status: 409, title: "Nothing of this order can come back here" },
  "return.line_unknown": { status: 422, title: "The order has no goods under this line" },
  "return.units_gone": { status: 409, title: "So many units cannot come back: they were not handed over, or came back already" },
  "return.not_restockable": { status: 422, title: "These goods were made to order and cannot go back on the shelf" },
  "return.faulty_only": { status: 409, title: "These goods come back only when something is wrong with them" },
  "return.goods_not_there": { status: 422, title: "These goods are not taken back here without a receipt" },
  "return.goods_faulty_only": { status: 409, title: "These goods come back only when something is wrong with them" },
  "return.unproven_closed": { status: 409, title: "Nothing is taken back here without a receipt" },
  "return.customer_needed": { status: 422, title: "Without a receipt, somebody must be known who gets the store credit" },
  "return.total_changed": { status: 409, title: "What is given for these goods has changed" },
  "return.approval_needed": { status: 403, title: "So much without a receipt needs a manager" },
  "return.approval_refused": { status: 403, title: "This PIN is not one of a manager who works here" },
  "access.device_needed": { status: 403, title: "A PIN is given at a till" },
  "access.too_many_tries": { status: 429, title: "Too many wrong PINs" },
  "return.request_closed": { status: 409, title: "This announced return has gone on, or has ended" },
  "return.reason_missing": { status: 422, title: "What is not taken needs a reason" },
  "return.not_received": { status: 409, title: "It has to be received before it is decided about" },
  "return.no_parcel": { status: 409, title: "What was bought here is brought back to a store" },
  "return.nothing_left": { status: 409, title: "All of this came back already" },
  "return.exchange_not_there": { status: 409, title: "It is owed on an account: take it back first, and sell anew" },
  "return.exchange_needs_customer": { status: 409, title: "It was paid with store credit: whose it is has to be on the ticket" },
  "return.needs_staff": { status: 403, title: "Somebody must be signed in who takes goods back" },
  "return.already_taken": { status: 409, title: "This return was taken already" },
  "return.refund_not_there": { status: 409, title: "The money of this order cannot go there from here" },
  "return.not_a_present": { status: 409, title: "Scan the gift receipt first: without it the money goes to who bought it" },
  "return.cash_needs_till": { status: 409, title: "It was paid in cash: the money goes back at a till" },
};
