import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { BookedTime, LoadedCart } from "../domain/index.ts";
import { touchCart } from "./hand-over.ts";

/** A service of the cart is held again, or at another time [CRT-40]; its price stays. The caller has locked the cart. Publishes `cart.changed.v1`. */
export async function retimeLine(ctx: Ctx, cart: LoadedCart, lineId: string, time: BookedTime): Promise<void> {
  await sql`update carts.cart_line set booked = ${JSON.stringify(time)}::jsonb where cart_id = ${cart.id} and id = ${lineId}`.execute(
    ctx.db,
  );
  await touchCart(ctx, cart);
}
