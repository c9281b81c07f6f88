import type { CartOperation } from "@weft/contracts";
import { err, ok, type CartId, type Id, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { carriesBetween, standpointOf } from "../../channels/index.ts";
import { isOpenedAtTill } from "../../customers/index.ts";
import type { LoadedCart } from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { CartHandedOver } from "../events.ts";
import { lockCart } from "../queries/load-cart.ts";
import { newToken } from "../tokens.ts";
import { sellOn, touchCart, whereIs, type Claimed } from "./hand-over.ts";
import { addHolder, holderOf } from "./holder.ts";
import { operate } from "./operate.ts";

/**
 * The cart of a customer whom this till has opened becomes the till's ticket. It stays the customer's current cart, live on their phone:
 * both hold it, and when the till is paid the phone shows the order. A cart without a place gets the till's, so that its goods are held there.
 * Errors: `cart.unknown`, `cart.not_yours` (the customer was not opened here), `cart.closed`, `cart.completing`, `cart.not_carried` [CRT-12].
 */
export async function takeOver(ctx: Ctx, cartId: CartId): Promise<Result<Claimed, CartError>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  if (!cart || !ctx.actor.device) return err({ code: "cart.unknown" });
  if (!cart.customer?.known || !(await isOpenedAtTill(ctx, cart.customer.id))) return err({ code: "cart.not_yours" });
  if (cart.state === "completing") return err({ code: "cart.completing" });
  if (cart.state !== "open" && cart.state !== "checkout") return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
  const carriage = await carriesBetween(ctx, whereIs(cart), standpointOf(ctx), "cart");
  if (!carriage.carried) return err({ code: "cart.not_carried", because: carriage.because });
  const { token, hash } = newToken();
  await endOwnHolders(ctx, cart);
  await addHolder(ctx, cart.id, await holderOf(ctx, { recordId: cart.recordId, tokenHash: hash }), "joined");
  await sellOn(ctx, cart, { proof: "none" });
  await touchCart(ctx, cart);
  await publish(ctx, CartHandedOver, `cart/${cart.id}`, {
    cartId: cart.id,
    recordId: cart.recordId,
    mode: "take_over",
    fromChannelId: cart.channelId,
    toChannelId: ctx.actor.channelId ?? cart.channelId,
    placeId: ctx.actor.device.placeId,
    proof: "customer",
  });
  if (cart.placeId === null) {
    const placed = await operate(ctx, { cartId, operations: [handedOverHere(ctx, ctx.actor.device.placeId)], token });
    if (!placed.ok) return placed;
  }
  const after = await lockCart(ctx, cart.id);
  return after ? ok({ cart: after.cart, token }) : err({ code: "cart.unknown" });
}

function handedOverHere(ctx: Ctx, placeId: string): CartOperation {
  return {
    id: ctx.newId<Id<"operation">>(),
    kind: "setFulfillment",
    fulfillment: { kind: "take_away", placeId, dining: "take_away", dueAt: null },
  };
}

/** Taken over twice at one till, it is held once. */
async function endOwnHolders(ctx: Ctx, cart: LoadedCart): Promise<void> {
  await sql`update carts.cart_holder set ended_at = ${ctx.now} where cart_id = ${cart.id} and device_id = ${ctx.actor.device?.id ?? null} and ended_at is null`.execute(
    ctx.db,
  );
}
