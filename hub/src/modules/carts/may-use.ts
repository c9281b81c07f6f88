import type { Actor } from "../../platform/index.ts";
import { rightOn, type LoadedCart } from "./domain/index.ts";
import { askerOf } from "./tokens.ts";

/** Whether a caller may act on a cart, not only read it [CRT-7]. */
export function mayUseCart(actor: Actor, cart: LoadedCart): boolean {
  return rightOn(cart, askerOf(actor)).may === "use";
}
