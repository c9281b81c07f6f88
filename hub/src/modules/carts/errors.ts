import type { Problems } from "@weft/kernel";
import type { MoveRefusal } from "./domain/index.ts";

export type CartError =
  | { code: "cart.unknown" }
  | { code: "cart.closed"; state: string; orderId?: string | null }
  | { code: "cart.none" }
  | { code: "cart.completing" }
  | { code: "cart.channel_missing" }
  | MoveRefusal
  | { code: "cart.not_yours" }
  | { code: "loyalty.reward_refused"; because: { kind: string; data: Record<string, unknown> } }
  | { code: "cart.not_carried"; because: "siloed" | "not_shown" }
  | { code: "pairing.unknown_code"; triesLeft: number }
  | { code: "pairing.too_many_tries" }
  | { code: "pairing.no_code_free" }
  | { code: "screen.unknown" }
  | { code: "handover.unknown_code" }
  | { code: "handover.expired" }
  | { code: "handover.claimed" }
  | { code: "handover.nothing_to_hand_over" }
  | { code: "offer.unknown" }
  | { code: "offer.expired"; validUntil: string }
  | { code: "offer.ended"; state: string }
  | { code: "offer.standing"; offerId: string }
  | { code: "offer.not_changeable" }
  | { code: "offer.not_taken"; because: string; data: Record<string, unknown> }
  | { code: "offer.end_refused"; mostDays: number }
  | { code: "offer.incomplete"; requirements: readonly { readonly code: string }[] }
  | { code: "offer.stock_short"; requirements: readonly { readonly code: string }[] }
  | { code: "customer.unknown" }
  | { code: "places.unknown_store"; placeId: string }
  | { code: "adoption.none" }
  | { code: "adoption.too_late"; undoUntil: string | null };

export const CART_PROBLEMS: Problems<CartError> = {
  "cart.unknown": { status: 404, title: "There is no such cart, or it is not yours" },
  "cart.closed": { status: 409, title: "This cart is no longer open" },
  "cart.none": { status: 404, title: "There is no current cart" },
  "cart.completing": { status: 409, title: "This cart is being paid" },
  "cart.channel_missing": { status: 422, title: "A cart belongs to a channel: send a key or open it from an app" },
  "cart.units_gone": { status: 409, title: "There is less of this on the ticket by now" },
  "cart.line_whole": { status: 409, title: "This moves as a whole" },
  "cart.line_stays": { status: 409, title: "What is fetched elsewhere or sent stays on its ticket" },
  "cart.too_many_lines": { status: 409, title: "There are too many lines on this ticket" },
  "cart.not_yours": { status: 403, title: "Open the customer first, or claim the cart by its code" },
  "loyalty.reward_refused": { status: 409, title: "This reward cannot be used here now" },
  "cart.not_carried": { status: 409, title: "This cart belongs to another channel and does not come over here like this" },
  "pairing.unknown_code": { status: 404, title: "Nobody shows this code now" },
  "pairing.too_many_tries": { status: 429, title: "Too many wrong codes: wait a few minutes" },
  "pairing.no_code_free": { status: 503, title: "All codes are in use right now" },
  "screen.unknown": { status: 404, title: "There is no such screen, or its code has run out" },
  "handover.unknown_code": { status: 404, title: "No cart waits under this code" },
  "handover.expired": { status: 410, title: "This code has run out" },
  "handover.claimed": { status: 409, title: "This code was used already" },
  "handover.nothing_to_hand_over": { status: 409, title: "The cart is empty or closed" },
  "offer.unknown": { status: 404, title: "There is no such offer" },
  "offer.expired": { status: 410, title: "This offer stands no more; ask for it to be renewed" },
  "offer.ended": { status: 409, title: "This offer has ended" },
  "offer.standing": { status: 409, title: "This cart is offered to its customer: take the offer back before changing it" },
  "offer.not_changeable": { status: 409, title: "This cart is offered as it is" },
  "offer.not_taken": { status: 409, title: "Something of this proposal cannot be had in this cart" },
  "offer.end_refused": { status: 422, title: "An offer ends in the future, and not too far from now" },
  "offer.incomplete": { status: 409, title: "Something is missing before this cart can be offered" },
  "offer.stock_short": { status: 409, title: "Not enough stock to hold all of this until then" },
  "customer.unknown": { status: 404, title: "There is no such customer" },
  "places.unknown_store": { status: 422, title: "Nothing is sold at this place" },
  "adoption.none": { status: 404, title: "Sign-in changed nothing about this cart" },
  "adoption.too_late": { status: 409, title: "This can no longer be undone" },
};
