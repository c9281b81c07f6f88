import { asId, type CartId } from "@weft/kernel";
import { on, subscriber, type Subscriber } from "../../platform/index.ts";
import { CartOffered, OfferEnded, ServicesLeft } from "../carts/events.ts";
import { freeLeft, holdForOffer, shortenHold } from "./commands/hold-in-cart.ts";
import type { BookingId } from "./domain/index.ts";

const cartOf = (id: string): CartId => asId<CartId>(id); // as the fact of a cart has it, here and below

/** What becomes of the times that carts hold. Some milliseconds late; told twice, nothing more happens. */
export const bookingsSubscribers: readonly Subscriber[] = [
  subscriber("bookings.carts", [
    on(ServicesLeft, (ctx, { data: { cartId, lineIds, toCartId } }) =>
      freeLeft(ctx, {
        cartId: cartOf(cartId),
        ids: lineIds.map((id) => asId<BookingId>(id)),
        toCartId: toCartId === null ? null : cartOf(toCartId),
      }),
    ),
    // A link to pay by is worth nothing without the time that is to be paid; of a quote and a proposal staff say whether anything is kept.
    on(CartOffered, async (ctx, { data: { cartId, kind, validUntil, holdsStock } }) => {
      if (kind === "link" || holdsStock) await holdForOffer(ctx, cartOf(cartId), new Date(validUntil));
    }),
    on(OfferEnded, (ctx, { data: { cartId, because } }) =>
      shortenHold(ctx, cartOf(cartId), because === "declined" ? "at_once" : "as_usual"),
    ),
  ]),
];
