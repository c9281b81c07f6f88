import type { BookEntry } from "../orders/index.ts";
import type { ShownInMessage } from "./domain.ts";

/** What a message about an order tells of it. */
export function shownOf({ order }: Pick<BookEntry, "order">): ShownInMessage {
  const { id, number, state, payment_state: paymentState, fulfillment_state: fulfillmentState, total, currency } = order;
  return { order: { id, number, state, paymentState, fulfillmentState, total: { amount: total, currency } } };
}
