import type { Money, Problems } from "@weft/kernel";
import type { PaymentError } from "../payments/index.ts";
import type { FulfillmentState } from "./domain.ts";

export type FulfillmentError =
  | PaymentError
  | { readonly code: "fulfillment.unknown" }
  | { readonly code: "fulfillment.other_place" }
  | { readonly code: "fulfillment.not_possible"; readonly state: FulfillmentState }
  | { readonly code: "fulfillment.awaits_goods"; readonly on: string }
  | { readonly code: "fulfillment.other_kind"; readonly kind: "take_away" | "collect" | "ship" }
  | { readonly code: "fulfillment.payment_due"; readonly due: Money }
  | { readonly code: "fulfillment.nothing_due" }
  | { readonly code: "fulfillment.being_paid" }
  | { readonly code: "fulfillment.units_unknown" }
  | { readonly code: "fulfillment.not_changeable" }
  | { readonly code: "fulfillment.not_overdue"; readonly until: string | null }
  | { readonly code: "collection.code_wrong"; readonly triesLeft: number }
  | { readonly code: "collection.too_many_tries" };

export const OWN_PROBLEMS: Problems<Exclude<FulfillmentError, PaymentError>> = {
  "fulfillment.unknown": { status: 404, title: "There is nothing of this kind to hand over" },
  "fulfillment.other_place": { status: 403, title: "This is handed over at another place" },
  "fulfillment.not_possible": { status: 409, title: "It is not in a state for that" },
  "fulfillment.awaits_goods": { status: 409, title: "Its goods are not there yet" },
  "fulfillment.other_kind": { status: 409, title: "What is shipped is not handed over at a counter, and the other way round" },
  "fulfillment.payment_due": { status: 402, title: "Money is still to be taken at the hand-over" },
  "fulfillment.nothing_due": { status: 409, title: "Nothing is to be paid any more" },
  "fulfillment.being_paid": { status: 409, title: "A payment for it is being asked for" },
  "fulfillment.units_unknown": { status: 422, title: "These units are not to be handed over here" },
  "fulfillment.not_changeable": { status: 403, title: "It is changed where it was ordered" },
  "fulfillment.not_overdue": { status: 409, title: "Its customer still has time to fetch it" },
  "collection.code_wrong": { status: 422, title: "This code opens nothing here" },
  "collection.too_many_tries": { status: 429, title: "Too many wrong codes; try again in ten minutes" },
};
