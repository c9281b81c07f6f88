import { useMutation } from "@tanstack/react-query";
import type { ReturnedUnitsView, TenderInput } from "@weft/contracts/client";
import type { Money } from "@weft/kernel";
import { useTill } from "../device/till-context.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { clearTicket, mustBeUnpaid, settleTicket, ticket } from "../ticket/ticket.ts";

type Bringing = {
  readonly returnId: string;
  readonly orderId: string;
  readonly requestId: string | undefined;
  readonly lines: ReturnedUnitsView[];
};

type Agreed = { readonly total: Money; readonly tender: TenderInput };

/** What comes back and the ticket that goes out, as one act of the till's outbox. Answers the change of what was paid in cash. */
export function useExchange({ returnId, orderId, requestId, lines }: Bringing) {
  const { shift, register } = useTill();
  return useMutation({
    mutationFn: async ({ total, tender }: Agreed): Promise<Money | null> => {
      mustBeUnpaid();
      await settleTicket();
      const { cart, dining } = ticket();
      if (!cart) throw new Error("the ticket has no cart");
      const answer = await registerOutbox().perform("exchange.take", {
        shiftId: shift.id,
        returnId,
        orderId,
        lines,
        ...(requestId !== undefined && { requestId }),
        cartId: cart.id,
        completion: {
          fulfillment: { kind: "take_away", placeId: register.placeId, dining, dueAt: null },
          tenders: [tender],
          expectedTotal: total,
        },
      });
      unwrapAnswer(answer);
      if (tender.kind !== "cash") return null;
      return { ...total, amount: (tender.received ?? tender.amount ?? 0) - (tender.amount ?? 0) - (tender.rounding ?? 0) };
    },
    onSuccess: clearTicket,
  });
}
