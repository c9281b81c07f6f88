import type { CartView } from "@weft/contracts";
import type { RecordId } from "@weft/kernel";
import type { Snapshots } from "../../../platform/index.ts";
import { pointsFor, programSnapshot } from "../../loyalty/index.ts";
import { percentText } from "../../pricing/index.ts";
import type { AssessedCart, LoadedCart } from "../domain/index.ts";
import { presentCart } from "../present-cart.ts";
import { assessCart } from "./assess-cart.ts";

/** The cart as it is shown, priced now. No SQL: the cart was loaded, the rest comes from the snapshots. */
export async function showCart(snapshots: Snapshots, cart: LoadedCart, at: Date): Promise<CartView> {
  return showAssessed(snapshots, cart, await assessCart(snapshots, cart, { at }));
}

export async function showAssessed(snapshots: Snapshots, cart: LoadedCart, assessed: AssessedCart): Promise<CartView> {
  const program = await snapshots.current(programSnapshot);
  const { currency, totals, lines } = assessed.priced;
  // A deposit goes back: it earns nothing.
  const deposits = totals.deposit === 0 ? 0 : lines.reduce((sum, { deposit }) => sum + (deposit?.total ?? 0), 0);
  const total = { amount: totals.total - deposits, currency };
  const view = presentCart(cart, {
    assessed,
    points: program ? pointsFor(program.rule, total).points : 0,
    placeName: assessed.place.name,
    rateLabel: percentText,
  });
  owners.set(view, cart.recordId);
  return view;
}

/** Beside the answer and not in it: a cart that is shared must not say whose record it is. */
const owners = new WeakMap<CartView, RecordId>();

/** The record that a cart belongs to, of an answer that was made here: also of a visitor, whom the answer does not name. */
export const ownerOfShown = (view: CartView): RecordId | null => owners.get(view) ?? null;
