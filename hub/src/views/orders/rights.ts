import type { OrderId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { answersForAll, isGranted } from "../../modules/access/index.ts";
import { loadCart, mayUseCart } from "../../modules/carts/index.ts";
import { carriesBetween, standpointOf } from "../../modules/channels/index.ts";
import { readOrder, sameCustomer, type BookEntry } from "../../modules/orders/index.ts";
import type { Viewer } from "./query.ts";

/**
 * As whom a caller may see an order, or null. Its customer, and whoever holds the token of the cart that it was; staff as far as the link
 * levels carry orders; a device at its place; a channel's secret key its own.
 */
export async function viewerOf(ctx: ReadCtx, { order }: BookEntry): Promise<Viewer | null> {
  const { actor } = ctx;
  if (actor.customer && order.record_id && (await sameCustomer(ctx, actor.customer.recordId, order.record_id))) return "customer";
  if (actor.kind === "system") return "others";
  if (actor.device && actor.device.placeId === order.place_id) return "others";
  if (actor.staff && (await isSeenByStaff(ctx, order))) return "others";
  if (actor.kind === "secret") return actor.channelId === order.channel_id ? "customer" : null;
  if (!actor.cartToken || !order.cart_id) return null;
  const cart = await loadCart(ctx, order.cart_id);
  return cart && mayUseCart(actor, cart) ? "customer" : null;
}

/**
 * Staff see an order wherever it was placed when the link levels carry it to where they stand; where channels only hand over, for half an
 * hour after its number was shown to them; from a siloed channel not at all [ORD-7].
 */
async function isSeenByStaff(ctx: ReadCtx, order: BookEntry["order"]): Promise<boolean> {
  if (answersForAll(ctx.actor)) return true;
  const from = { channelId: order.channel_id, placeId: order.place_id };
  const carriage = await carriesBetween(ctx, from, standpointOf(ctx), "order");
  return carriage.carried || (carriage.because === "not_shown" && (await isGranted(ctx, [`order/${order.id}`])));
}

/** Whether a caller may see an order at all, and what hangs on it. */
export async function seesOrder(ctx: ReadCtx, id: OrderId): Promise<boolean> {
  const entry = await readOrder(ctx, id);
  return entry !== null && (await viewerOf(ctx, entry)) !== null;
}

export const orderId = (text: string): OrderId => text as OrderId; // the contract and live subjects take only UUIDs
