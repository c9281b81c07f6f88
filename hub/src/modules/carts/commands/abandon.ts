import { err, ok, type CartId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { releaseHeldSlots } from "../../promises/index.ts";
import { rightOn } from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { lockCart } from "../queries/load-cart.ts";
import { askerOf } from "../tokens.ts";
import { touchCart } from "./hand-over.ts";
import { tellServicesLeft } from "./services-left.ts";

/** Gives a cart up: its holds are free at once. Giving it up twice is no mistake. Errors: `cart.unknown`, `cart.not_yours`, `cart.closed`. */
export async function abandonCart(ctx: Ctx, cartId: CartId): Promise<Result<null, CartError>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  const right = cart && rightOn(cart, askerOf(ctx.actor));
  if (!cart || !right || right.may === "nothing") return err({ code: "cart.unknown" });
  if (right.may === "read") return err({ code: "cart.not_yours" });
  if (cart.state === "abandoned") return ok(null);
  if (cart.state !== "open" && cart.state !== "checkout") return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
  await sql`update carts.cart set state = 'abandoned' where id = ${cartId}`.execute(ctx.db);
  await sql`select stock.release_cart(${cartId})`.execute(ctx.db);
  if (cart.slots) await releaseHeldSlots(ctx, cartId);
  await tellServicesLeft(
    ctx,
    cart,
    cart.lines.map(({ id }) => id),
    null,
  );
  await touchCart(ctx, { ...cart, state: "abandoned" });
  return ok(null);
}
