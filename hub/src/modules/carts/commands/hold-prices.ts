import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { promiseUntil, type AssessedCart, type LoadedCart, type PriceHold } from "../domain/index.ts";
import { priceHolding } from "../queries/assess-cart.ts";

/**
 * Promises every line at the price that it is shown with now, until a time at least [CRT-10]: for the life of a hand-over code, and while
 * a provider is asked for the money. The cart is locked by the caller.
 */
export async function holdPricesUntil(ctx: Ctx, cart: LoadedCart, { priced }: AssessedCart, until: Date): Promise<void> {
  const planned = promiseUntil(cart, priced, await priceHolding(ctx.snapshots, cart), { until, at: ctx.now });
  const lines = cart.lines.map(({ id }) => ({ id, ...heldPriceRow(planned.holds.get(id) ?? null) }));
  await sql`select carts.hold_prices(${cart.id}, ${planned.until}, ${JSON.stringify(lines)}::jsonb)`.execute(ctx.db);
}

/** The two columns of a line. */
export function heldPriceRow(hold: PriceHold | null): {
  readonly held_price: Omit<PriceHold, "cap"> | null;
  readonly price_cap: Date | null;
} {
  if (!hold) return { held_price: null, price_cap: null };
  const { cap, ...offer } = hold;
  return { held_price: offer, price_cap: cap };
}
