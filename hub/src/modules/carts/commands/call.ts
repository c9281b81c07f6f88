import { randomInt } from "node:crypto";
import { asId, err, ok, type CartId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import { carriesBetween, standpointOf } from "../../channels/index.ts";
import { Committed, publish, type Ctx, type Vault } from "../../../platform/index.ts";
import { rightOn, type LoadedCart } from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { CartLeft } from "../events.ts";
import { lockCart } from "../queries/load-cart.ts";
import { askerOf } from "../tokens.ts";
import { touchCart, whereIs } from "./hand-over.ts";
import { addHolder, endHolder, holderOf } from "./holder.ts";
import { findPairing, freeCodes, pairingMac, type PairingId } from "./pairing.ts";

const CODE_MINUTES = 10;
/** A call is over by then; who is still needed is given another code. */
const HELP_HOURS = 2;
/** So many codes are tried before all are said to be in use: with a thousand calls at once nine of ten first tries are free. */
const DRAWS = 12;

export type CallCode = { readonly code: string; readonly expiresAt: Date };

/**
 * Four digits that the shopper reads out [CRT-14]. A new code ends the one before. Errors: `cart.unknown`, `cart.not_yours`,
 * `cart.closed`, `pairing.no_code_free`.
 */
export async function offerCall(ctx: Ctx, vault: Vault, cartId: CartId): Promise<Result<CallCode, CartError>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  const right = cart && rightOn(cart, askerOf(ctx.actor));
  if (!cart || !right || right.may === "nothing") return err({ code: "cart.unknown" });
  if (right.may === "read") return err({ code: "cart.not_yours" });
  if (!isOpen(cart)) return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
  await freeCodes(ctx, "call");
  await sql`update carts.pairing set code_mac = null where kind = 'call' and cart_id = ${cartId} and claimed_at is null`.execute(ctx.db);
  const expiresAt = new Date(ctx.now.getTime() + CODE_MINUTES * 60_000);
  const channelId = ctx.actor.channelId ?? cart.channelId;
  for (let draw = 0; draw < DRAWS; draw++) {
    const code = String(randomInt(10_000)).padStart(4, "0");
    const { rows } = await sql`
      insert into carts.pairing (id, kind, code_mac, cart_id, channel_id, created_at, expires_at)
      values (${ctx.newId<PairingId>()}, 'call', ${pairingMac(vault, "call", code)}, ${cartId}, ${channelId}, ${ctx.now}, ${expiresAt})
      on conflict (kind, code_mac) do nothing returning id`.execute(ctx.db);
    if (rows.length > 0) return ok({ code, expiresAt });
  }
  return err({ code: "pairing.no_code_free" });
}

/**
 * A member of staff joins the cart of the shopper on the phone: they may change it, the shopper sees who, for two hours at most. Used up
 * by that [CRT-14]. Errors: `pairing.unknown_code`, `pairing.too_many_tries`, `cart.closed`, `cart.not_carried`.
 */
export async function joinCall(ctx: Ctx, vault: Vault, code: string): Promise<Result<LoadedCart | Committed<CartError>, CartError>> {
  const found = await findPairing(ctx, "call", pairingMac(vault, "call", code));
  if (!found.ok || found.value instanceof Committed) return found.ok ? ok(found.value as Committed<CartError>) : found; // told apart by the line itself
  const { id, cartId } = found.value;
  const cart = cartId && (await lockCart(ctx, cartId))?.cart;
  if (!cart) return err({ code: "cart.unknown" });
  if (!isOpen(cart)) return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
  const carriage = await carriesBetween(ctx, whereIs(cart), standpointOf(ctx), "cart", "code");
  if (!carriage.carried) return err({ code: "cart.not_carried", because: carriage.because });
  const joined = cart.holders.find(({ staffId }) => staffId !== null && staffId === ctx.actor.staff?.id);
  const holder = await holderOf(ctx, { recordId: null, tokenHash: null });
  if (!joined) await addHolder(ctx, cart.id, { ...holder, endsAt: new Date(ctx.now.getTime() + HELP_HOURS * 3_600_000) }, "joined");
  await sql`update carts.pairing set code_mac = null, claimed_at = ${ctx.now}, holder_id = ${joined?.id ?? holder.id} where id = ${id}`.execute(
    ctx.db,
  );
  await auditWrite(ctx, {
    action: "carts.joinCall",
    subject: cart.customer?.known ? `customer/${cart.customer.id}` : `cart/${cart.id}`,
    reason: "call code",
  });
  await touchCart(ctx, cart);
  const after = await lockCart(ctx, cart.id);
  return after ? ok(after.cart) : err({ code: "cart.unknown" });
}

/**
 * Ends what a helper or a screen has of a cart: said by who holds it, or by themselves. The owner cannot be sent away. Gone already is
 * gone. Errors: `cart.unknown`, `cart.not_yours`.
 */
export async function leaveCart(ctx: Ctx, cartId: CartId, holderId: string): Promise<Result<null, CartError>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  if (!cart) return err({ code: "cart.unknown" });
  const asker = askerOf(ctx.actor);
  const holder = cart.holders.find(({ id }) => id === holderId);
  const isOwn = holder !== undefined && holder.tokenHash !== null && holder.tokenHash === asker.tokenHash;
  const right = rightOn(cart, asker);
  if (right.may === "nothing") return err({ code: "cart.unknown" });
  if (right.may === "read" && !isOwn) return err({ code: "cart.not_yours" });
  if (!holder) return ok(null);
  if (holder.mode === "owner") return err({ code: "cart.not_yours" });
  await endHolder(ctx, holder.id);
  await auditWrite(ctx, { action: "carts.leave", subject: `cart/${cart.id}`, reason: holder.kind });
  await publish(ctx, CartLeft, `cart/${cart.id}`, { cartId: cart.id, holderId: asId(holder.id) });
  await touchCart(ctx, cart);
  return ok(null);
}

const isOpen = ({ state }: LoadedCart): boolean => state === "open" || state === "checkout";
