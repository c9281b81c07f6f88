import { err, ok, type CartId, type DeviceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { CartError } from "../errors.ts";
import { CartLeft } from "../events.ts";
import { lockCart } from "../queries/load-cart.ts";
import { newToken } from "../tokens.ts";
import { touchCart, type Claimed } from "./hand-over.ts";
import { addHolder, holderOf } from "./holder.ts";

/**
 * A ticket goes on at the caller's till: no other register holds it any more; whoever else does, a phone that joined, stays. That it may be
 * passed on is decided by who calls this: `till`, for tickets that wait or stand at a table. Errors: `cart.unknown`, `cart.closed`, `cart.completing`.
 * Publishes `cart.left.v1` where another register held it.
 */
export async function passToTill(ctx: Ctx, cartId: CartId): Promise<Result<Claimed, CartError>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  if (!cart || !ctx.actor.device) return err({ code: "cart.unknown" });
  if (cart.state === "completing") return err({ code: "cart.completing" });
  if (cart.state !== "open" && cart.state !== "checkout") return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
  const { token, hash } = newToken();
  const { rows: ended } = await sql<{ id: string; deviceId: DeviceId | null }>`
    update carts.cart_holder set ended_at = ${ctx.now} where cart_id = ${cart.id} and kind = 'register' and ended_at is null
    returning id, device_id as "deviceId"`.execute(ctx.db);
  for (const { id: holderId, deviceId } of ended)
    if (deviceId !== ctx.actor.device.id) await publish(ctx, CartLeft, `cart/${cart.id}`, { cartId: cart.id, holderId });
  await addHolder(ctx, cart.id, await holderOf(ctx, { recordId: cart.recordId, tokenHash: hash }), "owner");
  await touchCart(ctx, cart);
  const after = await lockCart(ctx, cart.id);
  return after ? ok({ cart: after.cart, token }) : err({ code: "cart.unknown" });
}
