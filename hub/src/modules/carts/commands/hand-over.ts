import { randomBytes } from "node:crypto";
import { err, ok, type CartId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { carriesBetween, standpointOf, type Standpoint } from "../../channels/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import { handoverCode, normalizeHandoverCode, rightOn, type LoadedCart } from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { CartChanged, CartHandedOver, CurrentCartChanged } from "../events.ts";
import { lockCart } from "../queries/load-cart.ts";
import { askerOf, hashOf, newToken } from "../tokens.ts";
import { assessCart } from "../queries/assess-cart.ts";
import { currentCartId } from "../queries/current-cart.ts";
import { holdPricesUntil } from "./hold-prices.ts";
import { addHolder, endHolder, holderOf } from "./holder.ts";

const CODE_MINUTES = 10;

export type Handover = { readonly code: string; readonly mode: "take" | "join"; readonly expiresAt: Date };

/**
 * Offers a cart to whoever shows the code: `take` moves it, `join` adds a holder [CRT-4]. The code lives ten minutes and is claimed once.
 * Errors: `cart.unknown`, `cart.not_yours`, `handover.nothing_to_hand_over`.
 */
export async function offerHandover(ctx: Ctx, cartId: CartId, mode: "take" | "join"): Promise<Result<Handover, CartError>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  const right = cart && rightOn(cart, askerOf(ctx.actor));
  if (!cart || !right || right.may === "nothing") return err({ code: "cart.unknown" });
  if (right.may === "read") return err({ code: "cart.not_yours" });
  if ((cart.state !== "open" && cart.state !== "checkout") || cart.lines.length === 0)
    return err({ code: "handover.nothing_to_hand_over" });
  const offeredBy = right.as ?? cart.holders[0];
  if (!offeredBy) return err({ code: "handover.nothing_to_hand_over" });
  const code = handoverCode(randomBytes(32));
  const expiresAt = new Date(ctx.now.getTime() + CODE_MINUTES * 60_000);
  // A new code replaces the one before: the customer reads out what the screen shows now.
  await sql`update carts.handover set expires_at = ${ctx.now} where cart_id = ${cartId} and claimed_at is null and expires_at > ${ctx.now}`.execute(
    ctx.db,
  );
  await sql`insert into carts.handover (code_hash, cart_id, mode, offered_by, expires_at) values (${hashOf(code)}, ${cartId}, ${mode}, ${offeredBy.id}, ${expiresAt})`.execute(
    ctx.db,
  );
  await holdPricesUntil(ctx, cart, await assessCart(ctx.snapshots, cart, { at: ctx.now }), expiresAt);
  return ok({ code, mode, expiresAt });
}

export type Claimed = { readonly cart: LoadedCart; readonly token: string };

/**
 * Claims a hand-over code once: the caller becomes a holder of the very same cart, with lines, holds, codes and prices as they are.
 * With `take` the one who offered no longer holds it. A signed-in customer who claims an anonymous cart makes it their own.
 * Errors: `handover.unknown_code`, `handover.expired`, `handover.claimed`, `cart.closed`, `cart.not_carried` [CRT-12].
 */
export async function claimHandover(ctx: Ctx, typed: string): Promise<Result<Claimed, CartError>> {
  const hash = hashOf(normalizeHandoverCode(typed));
  const { rows } = await sql<{ cartId: CartId }>`select cart_id as "cartId" from carts.handover where code_hash = ${hash}`.execute(ctx.db);
  const cartId = rows[0]?.cartId;
  if (!cartId) return err({ code: "handover.unknown_code" });
  // The cart is locked before its code, as everywhere; the code is judged under that lock.
  const cart = (await lockCart(ctx, cartId))?.cart;
  const offer = await sql<{ mode: "take" | "join"; offeredBy: string; expiresAt: Date; claimedAt: Date | null }>`
    select mode, offered_by as "offeredBy", expires_at as "expiresAt", claimed_at as "claimedAt" from carts.handover where code_hash = ${hash}`.execute(
    ctx.db,
  );
  const handover = offer.rows[0];
  if (!cart || !handover) return err({ code: "handover.unknown_code" });
  if (handover.claimedAt) return err({ code: "handover.claimed" });
  if (handover.expiresAt <= ctx.now) return err({ code: "handover.expired" });
  if (cart.state !== "open" && cart.state !== "checkout") return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
  const from = cart.holders.find(({ id }) => id === handover.offeredBy);
  const carriage = await carriesBetween(
    ctx,
    { channelId: from?.channelId ?? cart.channelId, placeId: cart.placeId },
    standpointOf(ctx),
    "cart",
    "code",
  );
  if (!carriage.carried) return err({ code: "cart.not_carried", because: carriage.because });
  const { token, hash: tokenHash } = newToken();
  const holder = await holderOf(ctx, { recordId: cart.recordId, tokenHash });
  if (handover.mode === "take") await endHolder(ctx, handover.offeredBy);
  await addHolder(ctx, cart.id, holder, handover.mode === "take" ? "owner" : "joined");
  await sql`update carts.handover set claimed_at = ${ctx.now}, claimed_by = ${holder.id} where code_hash = ${hash}`.execute(ctx.db);
  if (handover.mode === "take") await sellOn(ctx, cart, { proof: "code", until: handover.expiresAt });
  await becomeTheirs(ctx, cart);
  await publish(ctx, CartHandedOver, `cart/${cart.id}`, {
    cartId: cart.id,
    recordId: cart.recordId,
    mode: handover.mode,
    fromChannelId: from?.channelId ?? cart.channelId,
    toChannelId: ctx.actor.channelId ?? cart.channelId,
    placeId: ctx.actor.device?.placeId ?? null,
    proof: "code",
  });
  // After the fact of the hand-over: a stream that lost its right must not carry what comes next.
  await touchCart(ctx, cart);
  const after = await lockCart(ctx, cart.id);
  return after ? ok({ cart: after.cart, token }) : err({ code: "handover.unknown_code" });
}

/** Where a cart stands, as one side of a seam: on the channel that sells it now, for the place that is chosen. */
export const whereIs = ({ sellingChannelId, placeId }: LoadedCart): Standpoint => ({ channelId: sellingChannelId, placeId });

/** What moves a cart: a code with its end, or that its customer is known here. */
type MovedBy = { readonly proof: "code"; readonly until: Date } | { readonly proof: "none" };

/**
 * From now on the prices of the caller's channel count. Those that were shown are held for their time where the price promise is carried,
 * for the life of the code where channels only hand over, and not at all where a price stays at home [CRT-10] [CRT-12].
 */
export async function sellOn(ctx: Ctx, cart: LoadedCart, moved: MovedBy): Promise<void> {
  const { channelId } = ctx.actor;
  if (channelId === null || channelId === cart.sellingChannelId) return;
  const price = await carriesBetween(ctx, whereIs(cart), standpointOf(ctx), "price", moved.proof);
  if (!price.carried) await endPriceHolds(ctx, cart, ctx.now);
  else if (price.terms.heldFor === "code" && moved.proof === "code") await endPriceHolds(ctx, cart, moved.until);
  await sql`update carts.cart set selling_channel_id = ${channelId} where id = ${cart.id}`.execute(ctx.db);
}

/** No price of the cart is held longer than this. */
async function endPriceHolds(ctx: Ctx, cart: LoadedCart, until: Date): Promise<void> {
  await sql`update carts.cart set prices_until = least(prices_until, ${until}) where id = ${cart.id}`.execute(ctx.db);
  await sql`update carts.cart_line set price_cap = least(price_cap, ${until}) where cart_id = ${cart.id} and held_price is not null`.execute(
    ctx.db,
  );
}

/** An anonymous cart that a signed-in customer claims is theirs from then on, and current unless they have one already. */
async function becomeTheirs(ctx: Ctx, cart: LoadedCart): Promise<void> {
  const recordId = ctx.actor.customer?.recordId;
  if (!recordId || cart.customer?.known) return;
  const current = await currentCartId(ctx, recordId);
  await sql`update carts.cart set record_id = ${recordId}, current = ${current === undefined} where id = ${cart.id}`.execute(ctx.db);
  if (current === undefined) await publish(ctx, CurrentCartChanged, `record/${recordId}`, { recordId, cartId: cart.id });
}

/** Raises the version and tells the screens: who holds the cart is part of what they show. */
export async function touchCart(ctx: Ctx, cart: LoadedCart): Promise<void> {
  const touched = await sql<{ version: number }>`
    update carts.cart set version = version + 1, updated_at = now() where id = ${cart.id} returning version`.execute(ctx.db);
  await publish(ctx, CartChanged, `cart/${cart.id}`, {
    cartId: cart.id,
    version: touched.rows[0]?.version ?? cart.version + 1,
    state: cart.state,
  });
}
