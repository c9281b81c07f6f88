import type { CartOperation } from "@weft/contracts";
import { err, ok, type CartId, type ChannelId, type PlaceId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { lockCustomer, provisionalRecord } from "../../customers/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import type { CartError } from "../errors.ts";
import { CurrentCartChanged } from "../events.ts";
import { currentCartId } from "../queries/current-cart.ts";
import { newToken } from "../tokens.ts";
import { holderOf, type NewHolder } from "./holder.ts";
import { operate, type OperatedCart } from "./operate.ts";

export type WantedCart = {
  readonly placeId: PlaceId | null;
  readonly fulfillment: "take_away" | "collect" | undefined;
  readonly operations: readonly CartOperation[];
  /** A till's ticket: held by the register, never the customer's current cart. */
  readonly isTicket: boolean;
};

export type Opened = OperatedCart & {
  /** Given once; empty when the caller needs none because the cart is theirs by session or device. */ readonly token: string;
};

/**
 * Opens a cart, with its first operations if there are any. A signed-in customer has one current cart: when it is open, it is answered
 * instead of a second one [CRT-3]. Publishes `cart.opened.v1`. Errors: `cart.channel_missing`, those of `operate`.
 */
export async function openCart(ctx: Ctx, wanted: WantedCart): Promise<Result<Opened, CartError>> {
  const { channelId } = ctx.actor;
  if (channelId === null) return err({ code: "cart.channel_missing" });
  const isCurrent = !wanted.isTicket && ctx.actor.kind === "customer";
  if (isCurrent && ctx.actor.customer) {
    await lockCustomer(ctx, ctx.actor.customer.recordId);
    const existing = await currentCartId(ctx, ctx.actor.customer.recordId);
    if (existing) return withToken("", await operate(ctx, { cartId: existing, operations: wanted.operations }));
  }
  const cartId = ctx.newId<CartId>();
  const recordId = ctx.actor.customer?.recordId ?? (await provisionalRecord(ctx));
  const { token, hash } = newToken();
  const placeId = wanted.placeId ?? ctx.actor.device?.placeId ?? null;
  const holder = await holderOf(ctx, { recordId, tokenHash: hash });
  await insertCart(ctx, {
    cartId,
    isCurrent: !wanted.isTicket,
    recordId,
    channelId,
    placeId,
    fulfillment: wanted.fulfillment ?? (ctx.actor.device ? "take_away" : undefined),
    holder,
  });
  if (isCurrent) await publish(ctx, CurrentCartChanged, `record/${recordId}`, { recordId, cartId });
  return withToken(token, await operate(ctx, { cartId, operations: wanted.operations, token }));
}

function withToken(token: string, operated: Result<OperatedCart, CartError>): Result<Opened, CartError> {
  return operated.ok ? ok({ ...operated.value, token }) : operated;
}

type NewCart = {
  cartId: CartId;
  isCurrent: boolean;
  recordId: RecordId;
  channelId: ChannelId;
  placeId: PlaceId | null;
  fulfillment: "take_away" | "collect" | undefined;
  holder: NewHolder;
};

async function insertCart(ctx: Ctx, cart: NewCart): Promise<void> {
  const channels = await ctx.snapshots.current(channelsSnapshot);
  const kind = channels.channels.get(cart.channelId)?.kind ?? "web";
  const places = await ctx.snapshots.current(placesSnapshot);
  const placeId = cart.placeId && places.places.has(cart.placeId) ? cart.placeId : null;
  const fulfillment = cart.fulfillment && placeId ? JSON.stringify({ kind: cart.fulfillment, dining: "take_away", dueAt: null }) : null;
  const { holder } = cart;
  await sql`select carts.open(${cart.cartId}, ${cart.isCurrent}, ${cart.recordId}, ${cart.channelId}, ${kind}, ${placeId}, ${fulfillment}::jsonb,
    ${holder.id}, ${holder.kind}, ${holder.tokenHash}, ${holder.recordId}, ${holder.deviceId}, ${holder.staffId}, ${holder.name})`.execute(
    ctx.db,
  );
}
