import type { OrderId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { loadCart, mayUseCart } from "../../modules/carts/index.ts";
import { sameCustomer, type BookEntry } from "../../modules/orders/index.ts";
import type { Viewer } from "./query.ts";

/**
 * As whom a caller may see an order, or null. Its customer, and whoever holds the token of the cart that it was; staff wherever the order
 * was placed, because orders are seen anywhere; a device at its place; a channel's secret key its own.
 */
export async function viewerOf(ctx: ReadCtx, { order }: BookEntry): Promise<Viewer | null> {
  const { actor } = ctx;
  if (actor.customer && order.record_id && (await sameCustomer(ctx, actor.customer.recordId, order.record_id))) return "customer";
  if (actor.kind === "system" || actor.staff) return "others";
  if (actor.device && actor.device.placeId === order.place_id) return "others";
  if (actor.kind === "secret") return actor.channelId === order.channel_id ? "customer" : null;
  if (!actor.cartToken || !order.cart_id) return null;
  const cart = await loadCart(ctx, order.cart_id);
  return cart && mayUseCart(actor, cart) ? "customer" : null;
}

export const orderId = (text: string): OrderId => text as OrderId; // the contract and live subjects take only UUIDs
