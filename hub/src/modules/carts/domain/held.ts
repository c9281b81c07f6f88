import type { LineId, PlaceId } from "@weft/kernel";
import { stockLines } from "../../catalog/domain/index.ts";
import type { AssessedLine } from "./assessed.ts";
import type { LoadedCart } from "./cart.ts";
import { heldLineId, sharesOf } from "./parcels.ts";

/** Units of a line that the cart holds at a place; of goods with parts, as many as its scarcest part gives. */
export function heldFor(cart: LoadedCart, line: AssessedLine, placeId: PlaceId): number {
  const heldOf = (id: LineId): number =>
    cart.holds.reduce((sum, hold) => (hold.lineId === id && hold.placeId === placeId ? sum + hold.quantity : sum), 0);
  const held = line.shares ? heldLineId(line.id, placeId, cart.placeId) : line.id;
  if (line.parts.length === 0) return heldOf(held);
  return Math.min(...stockLines(held, line, 1).map(({ lineId, per }) => Math.floor(heldOf(lineId) / per)));
}

/** Whether the cart's own holds cover the line where its units come from: then nobody can take it away before they end. */
export function isHeld(cart: LoadedCart, line: AssessedLine, placeId: PlaceId): boolean {
  return sharesOf(line, placeId).every((share) => heldFor(cart, line, share.placeId) >= share.quantity);
}
