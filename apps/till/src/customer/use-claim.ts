import { useMutation } from "@tanstack/react-query";
import type { CartLineView, CartView, TillCustomerView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { addedAgain } from "../ticket/again.ts";
import { putAside } from "../ticket/parked.ts";
import { changeCart, keepCart, moveTicket, takeAsTicket, ticketCart } from "../ticket/ticket.ts";
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
    if (before && before.id !== cart.id) await addLinesOf(before, { id: cart.id, token });
  });
}

/** Puts what is in a cart on the ticket; a failure leaves an empty-handed cart that expires by itself. */
async function addLinesOf({ id, lines }: CartView, to: { readonly id: string; readonly token: string | null }): Promise<void> {
  for (const line of lines) if (!line.service) changeCart(addedAgain(line), { name: textOf(line.name), detail: "", price: "" });
  const services = lines.filter(({ service }) => service);
  const lost: string[] = [];
  for (const line of services) if (!(await movesAlong(line, to))) lost.push(textOf(line.name));
  if (lost.length > 0) showToast(t("till.bookings.choose_anew", { what: lost.join(", ") }));
  void api.call("carts.abandon", { params: { id } });
}

/** A service goes on with the time that is held for it. False: somebody else has that time by now. */
async function movesAlong(
  { id, quantity: seats, service }: CartLineView,
  to: { readonly id: string; readonly token: string | null },
): Promise<boolean> {
  if (!service) return true;
  const { serviceId, storeId, startsAt } = service;
  const body = { id, serviceId, storeId, startsAt, seats };
  const moved = await api.call("bookings.intoCart", {
    params: { id: to.id },
    body,
    headers: to.token === null ? {} : { "weft-cart": to.token },
  });
  if (moved.ok) keepCart(moved.value);
  return moved.ok;
}
