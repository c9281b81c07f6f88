import type { CartView } from "@weft/contracts";
import type { Snapshots } from "../../../platform/index.ts";
import { earnRuleSnapshot, pointsFor } from "../../loyalty/index.ts";
import { percentText } from "../../pricing/index.ts";
import type { AssessedCart, LoadedCart } from "../domain/index.ts";
import { presentCart } from "../present-cart.ts";
import { assessCart } from "./assess-cart.ts";

/** The cart as it is shown, priced now. No SQL: the cart was loaded, the rest comes from the snapshots. */
export async function showCart(snapshots: Snapshots, cart: LoadedCart, at: Date): Promise<CartView> {
  return showAssessed(snapshots, cart, await assessCart(snapshots, cart, { at }));
}

export async function showAssessed(snapshots: Snapshots, cart: LoadedCart, assessed: AssessedCart): Promise<CartView> {
  const rule = await snapshots.current(earnRuleSnapshot);
  const total = { amount: assessed.priced.totals.total, currency: assessed.priced.currency };
  return presentCart(cart, {
    assessed,
    points: rule ? pointsFor(rule, total).points : 0,
    placeName: assessed.place.name,
    rateLabel: percentText,
  });
}
