import type { WholeFulfillment } from "../fulfillment/index.ts";
import type { ChangeablePart } from "./domain/index.ts";

/** A part as the rules of changing look at it. */
export function stageOf({ fulfillment: { id, state, placed_at }, lines, steps }: WholeFulfillment): ChangeablePart {
  const since = steps.findLast((step) => step.state === state)?.at ?? placed_at;
  const units = lines.map(({ order_line_id: orderLineId, kind, quantity }) => ({ orderLineId, kind, quantity }));
  return { id, state, since, lines: units };
}
