import type { CartView } from "@weft/contracts";
import type { RecordId } from "@weft/kernel";
import type { Snapshots } from "../../../platform/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { earnedBy, NO_STANDING, programNow } from "../../loyalty/index.ts";
import { goodsCategories, percentText } from "../../pricing/index.ts";
import { earningSale, goodsToPay, presentCart, type AssessedCart, type LoadedCart } from "../domain/index.ts";
import { notesAt } from "./notes-at.ts";
import { assessCart } from "./assess-cart.ts";

/** The cart as it is shown, priced now. No SQL: the cart was loaded, the rest comes from the snapshots. */
export async function showCart(snapshots: Snapshots, cart: LoadedCart, at: Date): Promise<CartView> {
  return showAssessed(snapshots, cart, await assessCart(snapshots, cart, { at }));
}

export async function showAssessed(snapshots: Snapshots, cart: LoadedCart, assessed: AssessedCart): Promise<CartView> {
  const view = presentCart(cart, {
    assessed,
    points: await pointsOfCart(snapshots, cart, assessed),
    placeName: assessed.place.name,
    notes: await notesAt(snapshots, assessed.place.placeId),
    rateLabel: percentText,
  });
  owners.set(view, cart.recordId);
  return view;
}

/** What the cart would earn, as its completion books it [LOY-2]. */
async function pointsOfCart(snapshots: Snapshots, { standing = NO_STANDING }: LoadedCart, assessed: AssessedCart): Promise<number> {
  const program = await programNow({ snapshots }, { at: assessed.context.at, timeZone: assessed.context.timeZone });
  if (!program) return 0;
  const categoriesOf = goodsCategories(await snapshots.current(catalogSnapshot));
  const sale = earningSale(assessed, goodsToPay(assessed), assessed.priced.delivery?.total ?? 0, { standing, categoriesOf });
  return earnedBy(program.rule, sale).points;
}

/** Beside the answer and not in it: a cart that is shared must not say whose record it is. */
const owners = new WeakMap<CartView, RecordId>();

/** The record that a cart belongs to, of an answer that was made here: also of a visitor, whom the answer does not name. */
export const ownerOfShown = (view: CartView): RecordId | null => owners.get(view) ?? null;
