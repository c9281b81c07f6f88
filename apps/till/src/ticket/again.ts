import type { CartLineView } from "@weft/contracts/client";
import { LABEL } from "../../../../hub/src/modules/carts/domain/label-price.ts";
import { wayOf } from "../elsewhere/way-text.ts";

/** A line as it is put on a ticket once more: as it was chosen, said, weighed and labeled. */
export const addedAgain = (line: CartLineView) =>
  ({
    kind: "add",
    sku: line.sku,
    quantity: line.quantity,
    options: line.options.map(({ group, value }) => ({ group, value })),
    ...(line.override?.reason === LABEL && { labelPrice: line.subtotal.amount }),
    ...(line.topUp && { topUp: { cardId: line.topUp.cardId, amount: line.total.amount } }),
    ...saidOf(line),
    ...wayOf(line),
  }) as const;

/** What was said of a line goes along with it. */
export const saidOf = ({ note, isTyped, trace }: CartLineView) => ({
  ...(note !== undefined && { note }),
  ...(isTyped && { isTyped }),
  ...(trace && { trace }),
});
