import { useMutation } from "@tanstack/react-query";
import type { CartView, TillCustomerView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { putAside } from "../ticket/parked.ts";
import { changeCart, moveTicket, takeAsTicket, ticketCart } from "../ticket/ticket.ts";
import { t } from "../t.ts";

/** Claims a hand-over code: the very cart of the phone becomes the ticket. What was open is put aside; nothing joins by itself. */
export function useClaim() {
  return useMutation({
    mutationFn: (code: string) =>
      moveTicket(async () => {
        const { cart, token } = await api.ask("carts.claimHandover", { params: { code } });
        const open = ticketCart();
        if (open && open.lines.length > 0 && open.id !== cart.id) {
          await putAside(open);
          showToast(t("till.park.parked"));
        }
        takeAsTicket(cart, token, null);
      }),
  });
}

/** The cart that the customer began elsewhere becomes the ticket; it stays live on their phone. */
export function useTakeOver() {
  return useMutation({
    mutationFn: ({ cartId, customer }: { readonly cartId: string; readonly customer: TillCustomerView }) => takeOver(cartId, customer),
    onError: (error) => showToast(problemText(error)),
  });
}

/** What is on the ticket already is added to the cart, so that one sale holds both. */
export function takeOver(cartId: string, customer: TillCustomerView): Promise<void> {
  return moveTicket(async () => {
    const { cart, token } = await api.ask("carts.takeOver", { params: { id: cartId } });
    const before = ticketCart();
    takeAsTicket(cart, token, customer);
    if (before && before.id !== cart.id) addLinesOf(before);
  });
}

/** Puts the goods of a cart on the ticket; a failure leaves an empty-handed cart that expires by itself. */
function addLinesOf({ id, lines }: CartView): void {
  for (const { sku, quantity, options, name, note } of lines)
    changeCart(
      { kind: "add", sku, quantity, options: options.map(({ group, value }) => ({ group, value })), ...(note !== undefined && { note }) },
      { name: textOf(name), detail: "", price: "" },
    );
  void api.call("carts.abandon", { params: { id } });
}
