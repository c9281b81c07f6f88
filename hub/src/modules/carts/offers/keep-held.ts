import type { CartId } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { assessCart } from "../queries/assess-cart.ts";
import { lockCart } from "../queries/load-cart.ts";
import { holdUntil } from "./hold.ts";

/**
 * Holds the goods of an offer again, after a payment that failed gave them back: who promised them until a day keeps that, as far as they are
 * still there. A cart that is not offered so costs one reading.
 */
export async function keepOfferHeld(ctx: Ctx, cartId: CartId): Promise<void> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  const { offer = null } = cart ?? {};
  if (!cart || !offer?.holdsStock || offer.until <= ctx.now || (cart.state !== "open" && cart.state !== "checkout")) return;
  // Short by now, its customer is told when they come back, as of every cart.
  await holdUntil(ctx, cart, await assessCart(ctx.snapshots, cart, { at: ctx.now }), offer.until);
}
