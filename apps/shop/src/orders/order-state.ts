import type { OrderSummaryView } from "@weft/contracts/client";
import type { Tone } from "@weft/ui/shop/badge.tsx";

/** What a list says of an order: only what its customer may still have to do or to wait for. */
export type ListedState = "canceled" | "ready" | "open" | "done";

/** An order's state for its customer, from its two axes. */
export function stateOf({ state, fulfillmentState }: Pick<OrderSummaryView, "state" | "fulfillmentState">): ListedState {
  if (state === "canceled") return "canceled";
  if (fulfillmentState === "ready") return "ready";
  return fulfillmentState === "open" ? "open" : "done";
}

export function toneOf(state: ListedState): Tone {
  if (state === "ready") return "good";
  return state === "open" ? "info" : "plain";
}
