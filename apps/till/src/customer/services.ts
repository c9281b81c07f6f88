import type { BodyOf } from "@weft/contracts/client";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { api } from "../api.ts";
import { keepCart, moveTicket, ticket } from "../ticket/ticket.ts";

const headersOf = (token: string | null) => (token === null ? {} : { "weft-cart": token });

/** Puts a service that costs something onto the ticket of its customer, at a time that is held for it; on it already, it is held again. */
export async function bookOnTicket(body: BodyOf<"bookings.intoCart">): Promise<void> {
  await moveTicket(async () => {
    const { cart } = ticket();
    if (!cart) throw new ProblemError({ type: "about:blank", title: "", status: 409, code: "booking.customer_missing" }, false);
    keepCart(await api.ask("bookings.intoCart", { params: { id: cart.id }, body, headers: headersOf(cart.token) }));
  });
}

/** Takes it off again: its seats are free at once. */
export async function takeOffTicket(bookingId: string): Promise<void> {
  await moveTicket(async () => {
    const { cart } = ticket();
    if (cart) keepCart(await api.ask("bookings.outOfCart", { params: { id: cart.id, bookingId }, headers: headersOf(cart.token) }));
  });
}
