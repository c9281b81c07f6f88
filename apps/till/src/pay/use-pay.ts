import { useMutation } from "@tanstack/react-query";
import type { CartView, TenderInput } from "@weft/contracts/client";
import { api } from "../api.ts";
import { useTill } from "../device/till-context.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { changeTicket, clearTicket, settleTicket, ticket } from "../ticket/ticket.ts";

/** What the screen says after a sale. */
export type Paid = {
  readonly orderId: string;
  readonly receiptNumber: string | null;
  readonly total: { readonly amount: number; readonly currency: string };
  /** In minor units; null for a card. */
  readonly change: number | null;
};

/** Pays the ticket: written into the outbox first, shown as paid when the hub has the order. */
export function usePay() {
  const { shift, register } = useTill();
  return useMutation({
    mutationFn: async (tenderFor: (total: number) => TenderInput): Promise<Paid> => {
      await settleTicket();
      const cart = currentCart();
      const { total } = cart.totals;
      const tender = tenderFor(total.amount);
      changeTicket({ isPaying: true });
      const answer = await registerOutbox().perform("sale.complete", {
        shiftId: shift.id,
        cartId: cart.id,
        completion: {
          fulfillment: { kind: "take_away", placeId: register.placeId, dining: ticket().dining, dueAt: null },
          tenders: [tender],
          expectedTotal: total,
        },
        ticket: paidTicket(cart),
      });
      const { orderId, receiptNumber } = unwrapAnswer(answer);
      if (orderId === null) throw new Error("a sale that is done has an order");
      const change = tender.kind === "cash" ? (tender.received ?? total.amount) - total.amount : null;
      return { orderId, receiptNumber, total, change };
    },
    onSuccess: clearTicket,
    onError: () => changeTicket({ isPaying: false }),
  });
}

/** Kept with the sale, so that it can be sent to a hub that was restored to before this cart. */
function paidTicket({ customer, codes, lines }: CartView) {
  return {
    customerId: customer?.id ?? null,
    codes: codes.map(({ code }) => code),
    lines: lines.map(({ sku, quantity, options }) => ({ sku, quantity, options: options.map(({ group, value }) => ({ group, value })) })),
  };
}

function currentCart(): CartView {
  const { cart } = ticket();
  const held = cart && api.queries.getQueryData<CartView>(["cart", cart.id]);
  if (!held) throw new Error("the ticket has no cart");
  return held;
}
