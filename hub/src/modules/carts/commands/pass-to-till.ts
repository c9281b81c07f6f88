import { err, ok, type CartId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { CartError } from "../errors.ts";
import { lockCart } from "../queries/load-cart.ts";
import { newToken } from "../tokens.ts";
import { touchCart, type Claimed } from "./hand-over.ts";
import { addHolder, holderOf } from "./holder.ts";

/**
 * A ticket goes on at the caller's till: no other register holds it any more; whoever else does, a phone that joined, stays. That it may be
 * passed on is decided by who calls this: `till`, for tickets that were parked. Errors: `cart.unknown`, `cart.closed`, `cart.completing`.
 */
export async function passToTill(ctx: Ctx, cartId: CartId): Promise<Result<Claimed, CartError>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  if (!cart || !ctx.actor.device) return err({ code: "cart.unknown" });
  if (cart.state === "completing") return err({ code: "cart.completing" });
  if (cart.state !== "open" && cart.state !== "checkout") return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
  const { token, hash } = newToken();
  await sql`
    update carts.cart_holder set ended_at = ${ctx.now} where cart_id = ${cart.id} and kind = 'register' and ended_at is null`.execute(
    ctx.db,
  );
  await addHolder(ctx, cart.id, await holderOf(ctx, { recordId: cart.recordId, tokenHash: hash }), "owner");
  await touchCart(ctx, cart);
  const after = await lockCart(ctx, cart.id);
  return after ? ok({ cart: after.cart, token }) : err({ code: "cart.unknown" });
}
