import type { CartView } from "@weft/contracts/client";
import { wayOf } from "../elsewhere/way-text.ts";

/** Kept with the sale, so that it can be sent to a hub that was restored to before this cart. */
export function paidTicket({ customer, codes, lines, note }: CartView) {
  return {
    customerId: customer?.id ?? null,
    codes: codes.map(({ code }) => code),
    ...(note !== undefined && { note }),
    lines: lines.map((line) => ({
      sku: line.sku,
      quantity: line.quantity,
      options: line.options.map(({ group, value }) => ({ group, value })),
      ...wayOf(line),
      ...(line.note !== undefined && { note: line.note }),
      ...(line.isTyped && { isTyped: line.isTyped }),
      ...(line.topUp && { topUp: { cardId: line.topUp.cardId, amount: line.total.amount } }),
      ...(line.trace && { trace: line.trace }),
    })),
  };
}
