import { randomBytes } from "node:crypto";
import { err, ok, type CartId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { carriesBetween, standpointOf } from "../../channels/index.ts";
import { Committed, publish, type Ctx, type ReadCtx, type Vault } from "../../../platform/index.ts";
import { handoverCode, normalizeHandoverCode, rightOn, type LoadedCart } from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { ScreenPaired } from "../events.ts";
import { lockCart } from "../queries/load-cart.ts";
import { askerOf, hashOf, newToken } from "../tokens.ts";
import { touchCart, whereIs } from "./hand-over.ts";
import { addHolder, type HolderId } from "./holder.ts";
import { findPairing, freeCodes, pairingMac, type PairingId } from "./pairing.ts";

const CODE_MINUTES = 10;
/** Forgotten on a screen in a hotel, a cart is gone from it the next day. */
const SHOWN_HOURS = 12;
const SHORT_CODE = 5;

export type OpenedScreen = { readonly id: PairingId; readonly code: string; readonly token: string; readonly expiresAt: Date };

/** A screen asks for a code to show. It sees nothing with it until somebody types it on a phone that holds a cart [CRT-14]. */
export async function openScreen(ctx: Ctx, vault: Vault): Promise<Result<OpenedScreen, CartError>> {
  const { channelId } = ctx.actor;
  if (channelId === null) return err({ code: "cart.channel_missing" });
  await freeCodes(ctx, "screen");
  const { token, hash } = newToken();
  const id = ctx.newId<PairingId>();
  const expiresAt = new Date(ctx.now.getTime() + CODE_MINUTES * 60_000);
  const code = handoverCode(randomBytes(32)).slice(0, SHORT_CODE);
  const { rows } = await sql`
    insert into carts.pairing (id, kind, code_mac, token_hash, channel_id, created_at, expires_at)
    values (${id}, 'screen', ${pairingMac(vault, "screen", code)}, ${hash}, ${channelId}, ${ctx.now}, ${expiresAt})
    on conflict (kind, code_mac) do nothing returning id`.execute(ctx.db);
  return rows.length > 0 ? ok({ id, code, token, expiresAt }) : err({ code: "pairing.no_code_free" });
}

export type ShownOnScreen = { readonly id: string; readonly cartId: CartId | null; readonly version: number };

/** What a screen shows, for who has its token; null for anybody else. */
export async function readScreen(ctx: Pick<ReadCtx, "db" | "actor">, id: string, token: string | null): Promise<ShownOnScreen | null> {
  const given = token ?? ctx.actor.cartToken;
  if (given === null || !/^[0-9a-f-]{36}$/i.test(id)) return null;
  const { rows } = await sql<ShownOnScreen>`
    select id, cart_id as "cartId", version from carts.pairing where id = ${id} and kind = 'screen' and token_hash = ${hashOf(given)}`.execute(
    ctx.db,
  );
  return rows[0] ?? null;
}

/**
 * The phone that holds a cart shows it on a screen: the screen may read it and nothing else, for twelve hours at most [CRT-14].
 * Errors: `pairing.unknown_code`, `pairing.too_many_tries`, `cart.unknown`, `cart.not_yours`, `cart.not_carried`.
 */
export async function pairScreen(
  ctx: Ctx,
  vault: Vault,
  typed: string,
  cartId: CartId,
): Promise<Result<LoadedCart | Committed<CartError>, CartError>> {
  // The cart is locked before its code, as everywhere.
  const cart = (await lockCart(ctx, cartId))?.cart;
  const right = cart && rightOn(cart, askerOf(ctx.actor));
  if (!cart || !right || right.may === "nothing") return err({ code: "cart.unknown" });
  if (right.may === "read") return err({ code: "cart.not_yours" });
  const found = await findPairing(ctx, "screen", pairingMac(vault, "screen", normalizeHandoverCode(typed)));
  if (!found.ok || found.value instanceof Committed) return found.ok ? ok(found.value as Committed<CartError>) : found; // told apart by the line itself
  const carriage = await carriesBetween(ctx, whereIs(cart), standpointOf(ctx), "cart", "code");
  if (!carriage.carried) return err({ code: "cart.not_carried", because: carriage.because });
  const { id, tokenHash } = found.value;
  const holder = {
    id: ctx.newId<HolderId>(),
    kind: "screen",
    tokenHash,
    recordId: null,
    deviceId: null,
    staffId: null,
    name: null,
  } as const;
  await addHolder(ctx, cart.id, { ...holder, endsAt: new Date(ctx.now.getTime() + SHOWN_HOURS * 3_600_000) }, "joined");
  await sql`
    update carts.pairing set code_mac = null, claimed_at = ${ctx.now}, cart_id = ${cart.id}, holder_id = ${holder.id}, version = version + 1
    where id = ${id}`.execute(ctx.db);
  await publish(ctx, ScreenPaired, `screen/${id}`, { screenId: id, cartId: cart.id });
  await touchCart(ctx, cart);
  const after = await lockCart(ctx, cart.id);
  return after ? ok(after.cart) : err({ code: "cart.unknown" });
}
