import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { releaseHeldSlots } from "../../promises/index.ts";
import { holdFor } from "../commands/hold-for.ts";
import { isHeld, priceHeldUntil, type AssessedCart, type Draft, type LoadedCart } from "../domain/index.ts";
import type { CartError } from "../errors.ts";

/** Gives back what the cart holds: nothing is kept from others for what was not asked for. */
export async function releaseHolds(ctx: Ctx, cart: LoadedCart): Promise<void> {
  if (cart.slots) await releaseHeldSlots(ctx, cart.id);
  await sql`select stock.release_cart(${cart.id})`.execute(ctx.db);
}

/**
 * Holds all counted goods of a cart until a time. The cart is locked by the caller, and holds nothing yet. Errors: `offer.stock_short` with
 * the lines that are short; the transaction is undone then.
 */
export async function holdUntil(ctx: Ctx, cart: LoadedCart, assessed: AssessedCart, until: Date): Promise<Result<null, CartError>> {
  const { placeId } = cart;
  if (placeId === null) return err({ code: "offer.incomplete", requirements: [{ code: "cart.place_missing" }] });
  const { holds } = await holdFor(ctx, { ...cart, holds: [] }, draftOf(cart));
  const short = assessed.lines.filter((line) => line.tracked && !isHeld({ ...cart, holds }, line, placeId));
  if (short.length > 0)
    return err({
      code: "offer.stock_short",
      requirements: short.map(({ id, sku }) => ({ code: "stock.insufficient", lineId: id, data: { sku } })),
    });
  const minutes = Math.ceil((until.getTime() - ctx.now.getTime()) / 60_000);
  await sql`select stock.hold_for_payment(${cart.id}, ${minutes})`.execute(ctx.db);
  return ok(null);
}

/** The cart as a change of nothing: what `holdFor` makes its holds match. */
function draftOf(cart: LoadedCart): Draft {
  const { lines, codes, rewards, placeId, wanted, address, company, recordId, earlier } = cart;
  return { lines, codes, rewards, placeId, wanted, address, company, recordId, earlierCartId: earlier?.cartId ?? null, outcomes: [] };
}

/**
 * The cart as it is offered anew: what staff gave holds on, also when its promise has ended (`isRenewed`), and every other promise that has
 * ended stays ended [CRT-10].
 */
export function asOffered(
  cart: LoadedCart,
  { until, at, isRenewed }: { readonly until: Date; readonly at: Date; readonly isRenewed: boolean },
): LoadedCart {
  return {
    ...cart,
    offer: null,
    holds: [],
    pricesUntil: until,
    lines: cart.lines.map((line) => {
      const { priceHold } = line;
      const goesOn = priceHold && (priceHeldUntil(cart, line, at) !== null || (isRenewed && priceHold.override));
      if (!goesOn) return { ...line, priceHold: null };
      return priceHold.override ? { ...line, priceHold: { ...priceHold, cap: until } } : line;
    }),
  };
}
