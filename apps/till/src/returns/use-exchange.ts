import { useMutation } from "@tanstack/react-query";
import type { ReturnedUnitsView, TenderInput } from "@weft/contracts/client";
import type { Money } from "@weft/kernel";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { tipOf } from "../../../../hub/src/modules/payments/domain.ts";
import { inOrder } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { dropDeclinedOf, markSent, paymentOf } from "../pay/payment.ts";
import { clearTicket, settleTicket, ticket } from "../ticket/ticket.ts";

type Bringing = {
  readonly returnId: string;
  readonly orderId: string;
  readonly requestId: string | undefined;
  readonly lines: ReturnedUnitsView[];
};

/** `tender`: what pays all that is left of the difference; null where nothing is. */
type Agreed = { readonly total: Money; readonly tender: TenderInput | null };

/** What comes back and the ticket that goes out, as one act of the till's outbox. Answers the change of what was paid in cash. */
export function useExchange({ returnId, orderId, requestId, lines }: Bringing) {
  const { shift, register } = useTill();
  return useMutation({
    mutationFn: async ({ total, tender }: Agreed): Promise<Money | null> => {
      const paid = paidBefore();
      await settleTicket();
      const { key, cart, dining } = ticket();
      if (!cart) throw new Error("the ticket has no cart");
      // Found again after a reload: a card may take long [TIL-59].
      markSent(key, true);
      const answer = await registerOutbox().perform("exchange.take", {
        shiftId: shift.id,
        returnId,
        orderId,
        lines,
        ...(requestId !== undefined && { requestId }),
        cartId: cart.id,
        completion: {
          fulfillment: { kind: "take_away", placeId: register.placeId, dining, dueAt: null },
          tenders: inOrder([...paid, ...(tender ? [tender] : [])]),
          expectedTotal: total,
        },
      });
      unwrapAnswer(answer);
      if (tender?.kind !== "cash") return null;
      return { ...total, amount: (tender.received ?? tender.amount ?? 0) - (tender.amount ?? 0) - (tender.rounding ?? 0) };
    },
    onSuccess: clearTicket,
    onError: (error, { tender }) => {
      const { key } = ticket();
      markSent(key, false);
      dropDeclinedOf(key, error, tender ?? undefined);
    },
  });
}

/**
 * What was paid of the ticket before pays the difference first. A tip is given with a sale, and what this register took off a gift card by itself waits for
 * one too: that is given back first.
 */
function paidBefore(): TenderInput[] {
  return paymentOf(ticket().key).parts.map(({ tender }) => {
    if ("right" in tender || tipOf(tender) > 0)
      throw new ProblemError({ type: "about:blank", title: "", status: 0, code: "till.money_taken" }, false);
    return tender;
  });
}
