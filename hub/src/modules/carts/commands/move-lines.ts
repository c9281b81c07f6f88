import type { CartView } from "@weft/contracts";
import { err, ok, type CartId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { releaseHeldSlots } from "../../promises/index.ts";
import {
  planMove,
  planPrices,
  priceHeldUntil,
  withOverridesHeld,
  type Draft,
  type LineMove,
  type LoadedCart,
  type PlannedMove,
  type StoredLine,
  type WantedMove,
} from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { assessCart, priceHolding } from "../queries/assess-cart.ts";
import { lockCart } from "../queries/load-cart.ts";
import { showCart } from "../queries/show-cart.ts";
import { touchCart } from "./hand-over.ts";
import { heldPriceRow } from "./hold-prices.ts";
import { holdAll } from "./hold-slots.ts";
import { tellServicesLeft } from "./services-left.ts";

export type MovedLines = {
  /** What moved with this call; nothing where all of it had moved before. */
  readonly moves: readonly LineMove[];
  /** The cart that the lines left, as it stands now; without a line it has ended. */
  readonly from: CartView;
};

/**
 * Moves lines of a cart to another one, whole or some units of them [CRT-70]: one update takes a line from the one to the other, so that it is on exactly
 * one at every moment. What stock it holds goes along. Who may is decided by who calls this: `till`, for tickets of one store; it has locked both carts,
 * in the order of their ids. Errors: `cart.closed`, `cart.completing`, `offer.standing`, `cart.units_gone`, `cart.line_whole`, `cart.line_stays`,
 * `cart.too_many_lines`. Publishes `cart.changed.v1` for both.
 */
export async function moveLines(
  ctx: Ctx,
  { from, to }: { readonly from: LoadedCart; readonly to: LoadedCart },
  wanted: readonly WantedMove[],
): Promise<Result<MovedLines, CartError>> {
  const goods = await ctx.snapshots.current(catalogSnapshot);
  const planned = planMove(from, to, wanted, { at: ctx.now, goods });
  // Asked again, whatever became of the carts: all of it has moved.
  if (planned.ok && planned.value.moves.length === 0) return ok({ moves: [], from: await showCart(ctx.snapshots, from, ctx.now) });
  const closed = whyClosed(from) ?? whyClosed(to);
  if (closed) return err(closed);
  if (!planned.ok) return planned;
  await writeMoves(ctx, { from: from.id, to: to.id }, planned.value);
  await settle(ctx, from, planned.value.from);
  await settle(ctx, { ...to, pricesUntil: promisedUntil(from, to, planned.value, ctx.now) }, planned.value.to);
  const whole = planned.value.moves.filter(({ isWhole }) => isWhole).map(({ line }) => line.id);
  await tellServicesLeft(ctx, from, whole, to.id);
  const left = await lockCart(ctx, from.id);
  if (!left) throw new Error(`cart ${from.id} was locked and is gone`);
  return ok({ moves: planned.value.moves, from: await showCart(ctx.snapshots, left.cart, ctx.now) });
}

function whyClosed({ state, orderId, offer }: LoadedCart): CartError | undefined {
  if (state === "completing") return { code: "cart.completing" };
  if (state !== "open" && state !== "checkout") return { code: "cart.closed", state, orderId };
  return offer ? { code: "offer.standing", offerId: offer.id } : undefined;
}

/** What comes along is promised to the end that it had; whatever else is there ends at its own cap. */
function promisedUntil(from: LoadedCart, { pricesUntil }: LoadedCart, { moves }: PlannedMove, at: Date): Date | null {
  const ends = moves.flatMap(({ line }) => priceHeldUntil(from, line, at)?.getTime() ?? []);
  return ends.length === 0 ? pricesUntil : new Date(Math.max(pricesUntil?.getTime() ?? 0, ...ends));
}

async function writeMoves(ctx: Ctx, carts: Record<"from" | "to", CartId>, { moves, to }: PlannedMove): Promise<void> {
  const positions = new Map(to.map(({ id, position }) => [id, position]));
  for (const { line, quantity, isWhole, toLineId } of moves) {
    const position = positions.get(toLineId) ?? 1;
    if (isWhole)
      await sql`
        update carts.cart_line set id = ${toLineId}, cart_id = ${carts.to}, position = ${position} where id = ${line.id} and cart_id = ${carts.from}`.execute(
        ctx.db,
      );
    else await splitLine(ctx, carts.to, { lineId: line.id, toLineId, quantity, position });
  }
}

type Split = { readonly lineId: string; readonly toLineId: string; readonly quantity: number; readonly position: number };

/** The units leave their line and become one of the other cart, in one statement. */
async function splitLine(ctx: Ctx, cartId: CartId, { lineId, toLineId, quantity, position }: Split): Promise<void> {
  await sql`
    with kept as (update carts.cart_line set quantity = quantity - ${quantity} where id = ${lineId} returning *)
    insert into carts.cart_line (id, cart_id, position, variant_id, product_id, sku, options, quantity, held_price, price_cap, note, is_typed, trace,
      added_channel_id, added_channel_kind, added_place_id, added_staff_id, added_at)
    select ${toLineId}, ${cartId}, ${position}, variant_id, product_id, sku, options, ${quantity}, held_price, price_cap, note, is_typed, trace,
      added_channel_id, added_channel_kind, added_place_id, added_staff_id, added_at from kept`.execute(ctx.db);
}

/**
 * Stock, prices and version of a cart whose lines are others now: what left gives its units back before the other cart holds them, in one transaction,
 * so that nobody is faster. One without a line has ended: it was merged into the other.
 */
async function settle(ctx: Ctx, cart: LoadedCart, lines: readonly StoredLine[]): Promise<void> {
  const { draft, holds, slots } = await holdAll(ctx, cart, draftOf(cart, lines));
  if (lines.length === 0 && cart.slots) await releaseHeldSlots(ctx, cart.id);
  const now = withOverridesHeld({ ...cart, lines: draft.lines, holds, ...(slots && { slots }) });
  const { priced } = await assessCart(ctx.snapshots, now, { at: ctx.now });
  const prices = planPrices(now, priced, await priceHolding(ctx.snapshots, now), ctx.now);
  const held = draft.lines.map(({ id }) => ({ id, ...heldPriceRow(prices.holds.get(id) ?? null) }));
  await sql`select carts.hold_prices(${cart.id}, ${prices.until}, ${JSON.stringify(held)}::jsonb)`.execute(ctx.db);
  const state = draft.lines.length === 0 ? "merged" : "open";
  await sql`update carts.cart set state = ${state} where id = ${cart.id}`.execute(ctx.db);
  await touchCart(ctx, { ...cart, state });
}

function draftOf(
  { codes, rewards, placeId, wanted, address, company, recordId, earlier, note }: LoadedCart,
  lines: readonly StoredLine[],
): Draft {
  return { lines, codes, rewards, placeId, wanted, address, company, recordId, earlierCartId: earlier?.cartId ?? null, note, outcomes: [] };
}
