import type { Problems } from "@weft/kernel";
import type { PlanError, ReturnClosed } from "./domain/index.ts";

export type ReturnError =
  | PlanError
  | { readonly code: "order.unknown" }
  | { readonly code: "return.unknown" }
  | { readonly code: "return.other_place" }
  /** `because` says which rule closed it. */
  | { readonly code: "return.not_possible"; readonly because: ReturnClosed }
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
  "return.needs_staff": { status: 403, title: "Somebody must be signed in who takes goods back" },
  "return.already_taken": { status: 409, title: "This return was taken already" },
  "return.cash_needs_till": { status: 409, title: "It was paid in cash: the money goes back at a till" },
};
