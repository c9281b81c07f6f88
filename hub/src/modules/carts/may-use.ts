import type { Actor } from "../../platform/index.ts";
import { rightOn, type LoadedCart } from "./domain/index.ts";
import { askerOf } from "./tokens.ts";

/**
 * Whether a caller may say that a cart is bought for a company of its customer, and complete it so [CRT-16]: the customer themselves, staff who
 * serve them, the server of their channel. Who holds the cart by a token alone may not.
 */
export function mayBuyFor(actor: Actor, cart: Pick<LoadedCart, "isMine">): boolean {
  return cart.isMine || actor.staff !== null || actor.device?.kind === "till" || actor.kind === "secret" || actor.kind === "system";
}

/** Whether a caller may act on a cart, not only read it [CRT-7]. */
export function mayUseCart(actor: Actor, cart: LoadedCart): boolean {
  return rightOn(cart, askerOf(actor)).may === "use";
}
