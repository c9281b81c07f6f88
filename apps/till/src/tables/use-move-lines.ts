import { useMutation } from "@tanstack/react-query";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { paymentOf, sumOfParts } from "../pay/payment.ts";
import { changeTicket, keepCart, leaveTicket, ticket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { atHub, coursesSaved } from "./tab.ts";
import { tabText } from "./tab-text.ts";

export type Moving = {
  /** Each with the id that the units get where some stay: sent again, they have moved. */
  readonly lines: readonly { readonly lineId: string; readonly quantity: number; readonly partId: string }[];
  readonly toCartId: string;
  /** Where a new ticket is opened; null: the ticket is there. */
  readonly opens: { readonly table: string; readonly name: string | null } | null;
};

/** Moves lines of the ticket to another one [TBL-10]. What somebody has paid of it stays on it. `onDone` is told whether anything is left. */
export function useMoveLines(onDone: (isEmpty: boolean) => void) {
  return useMutation({
    mutationFn: async ({ lines, toCartId, opens }: Moving) => {
      await coursesSaved();
      const cartId = await atHub();
      const payment = paymentOf(ticket().key);
      // What becomes of money that was sent is the hub's answer.
      if (payment.isSent) throw new ProblemError({ type: "about:blank", title: "", status: 0, code: "till.money_taken" }, false);
      const body = { toCartId, lines: [...lines], paid: sumOfParts(payment), ...(opens && { opens }) };
      const { cart, tab, to } = await api.ask("till.moveLines", { params: { id: cartId }, body });
      showToast(t("till.tables.moved", { who: tabText(to, t) }));
      const isEmpty = cart.lines.length === 0;
      if (ticket().cart?.id !== cartId) return isEmpty;
      keepCart(cart);
      if (isEmpty) leaveTicket();
      else changeTicket({ tab });
      return isEmpty;
    },
    onSuccess: onDone,
    onSettled: () => api.queries.invalidateQueries({ queryKey: ["tables"] }),
  });
}
