import { useMutation } from "@tanstack/react-query";
import type { TillCustomerView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { openCart, parkTicket } from "../ticket/parked.ts";
import { changeCart, settleTicket, takeAsTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";

/** Claims a hand-over code: the very cart of the phone becomes the ticket. What was open is put aside; nothing joins by itself. */
export function useClaim() {
  return useMutation({
    mutationFn: async (code: string) => {
      const claimed = await api.ask("carts.claimHandover", { params: { code } });
      const open = openCart();
      if (open && open.lines.length > 0 && open.id !== claimed.cart.id) {
        await parkTicket(open);
        showToast(t("till.park.parked"));
      }
      return claimed;
    },
    onSuccess: ({ cart, token }) => takeAsTicket(cart, token, null),
  });
}

/**
 * The cart that the customer began elsewhere becomes the ticket; it stays live on their phone. What is on the ticket already is added to
 * it, so that one sale holds both.
 */
export function useTakeOver() {
  return useMutation({
    mutationFn: async ({ cartId }: { readonly cartId: string; readonly customer: TillCustomerView }) => {
      await settleTicket();
      return api.ask("carts.takeOver", { params: { id: cartId } });
    },
    onSuccess: ({ cart, token }, { customer }) => {
      const before = openCart();
      takeAsTicket(cart, token, customer);
      if (!before || before.id === cart.id) return;
      for (const { sku, quantity, options, name } of before.lines)
        changeCart(
          { kind: "add", sku, quantity, options: options.map(({ group, value }) => ({ group, value })) },
          { name: textOf(name), detail: "", price: "" },
        );
      // Its goods are on the other cart now; a failure leaves an empty-handed cart that expires by itself.
      void api.call("carts.abandon", { params: { id: before.id } });
    },
    onError: (error) => showToast(problemText(error)),
  });
}
