import { err, ok, type LineId, type Result } from "@weft/kernel";
import type { GoodsLookup, LoadedCart, StoredLine } from "./cart.ts";
import { elsewhereOf } from "./elsewhere.ts";
import { MOST_LINES } from "./operations.ts";
import { priceHeldUntil, type PriceHold } from "./price-hold.ts";

/**
 * Units of a line that go over to another cart, and the line that they become there. It is another one also where all of it goes: a register that sells the
 * ticket as it had it, without the hub, names the line by its own id, and an order's line has its id once. Only a service keeps its id, by which its time
 * is held.
 */
export type WantedMove = { readonly lineId: LineId; readonly quantity: number; readonly partId: LineId };

export type LineMove = { readonly line: StoredLine; readonly quantity: number; readonly isWhole: boolean; readonly toLineId: LineId };

export type MoveRefusal =
  | { readonly code: "cart.units_gone"; readonly lineId: LineId; readonly left: number }
  | { readonly code: "cart.line_whole"; readonly lineId: LineId }
  | { readonly code: "cart.line_stays"; readonly lineId: LineId }
  | { readonly code: "cart.too_many_lines"; readonly most: number };

export type PlannedMove = {
  readonly moves: readonly LineMove[];
  /** The lines of both carts as they stand then. */
  readonly from: readonly StoredLine[];
  readonly to: readonly StoredLine[];
};

type Cart = Pick<LoadedCart, "lines" | "wanted" | "pricesUntil">;

/**
 * Lines as they go over from one cart to another [CRT-70]. What is on the other cart already has moved before: asked again, nothing more does. Each
 * keeps the price that it was shown with, to the end that was stated, and no longer; whoever stood behind a lower price did so for so many units,
 * which are shared out. What was weighed, booked or numbered, or is a gift card's, moves as a whole; what goes its own way stays.
 */
export function planMove(
  from: Cart,
  to: Cart,
  wanted: readonly WantedMove[],
  { at, goods }: { readonly at: Date; readonly goods: GoodsLookup },
): Result<PlannedMove, MoveRefusal> {
  let left = from.lines;
  const there = keptPromises(to, at);
  const moves: LineMove[] = [];
  for (const { lineId, quantity, partId } of wanted) {
    if (there.some(({ id, booked }) => id === partId || (booked !== undefined && id === lineId))) continue;
    const line = left.find(({ id }) => id === lineId);
    if (!line || line.quantity < quantity) return err({ code: "cart.units_gone", lineId, left: line?.quantity ?? 0 });
    if (elsewhereOf(from.wanted, lineId)) return err({ code: "cart.line_stays", lineId });
    const isWhole = line.quantity === quantity;
    if (!isWhole && !mayPart(line, goods)) return err({ code: "cart.line_whole", lineId });
    const toLineId = line.booked ? lineId : partId;
    moves.push({ line, quantity, isWhole, toLineId });
    left = isWhole ? left.filter((one) => one !== line) : left.map((one) => (one === line ? rest(line, quantity) : one));
    const position = 1 + Math.max(0, ...there.map((one) => one.position));
    there.push(arrived(from, line, { toLineId, quantity, at, position }));
  }
  return there.length > MOST_LINES ? err({ code: "cart.too_many_lines", most: MOST_LINES }) : ok({ moves, from: left, to: there });
}

/** Promises of a cart that have ended stay ended, also where what comes to it is promised for longer [CRT-10]. */
const keptPromises = (cart: Cart, at: Date): StoredLine[] =>
  cart.lines.map((line) => (line.priceHold && priceHeldUntil(cart, line, at) === null ? { ...line, priceHold: null } : line));

const mayPart = (line: StoredLine, goods: GoodsLookup): boolean =>
  goods.byVariant(line.variantId)?.unit !== "gram" && !line.booked && !line.topUp && line.trace?.serial === undefined;

function rest(line: StoredLine, gone: number): StoredLine {
  const quantity = line.quantity - gone;
  return { ...line, quantity, priceHold: line.priceHold && ofUnits(line.priceHold, quantity) };
}

type Arrival = { readonly toLineId: LineId; readonly quantity: number; readonly at: Date; readonly position: number };

function arrived(from: Cart, line: StoredLine, { toLineId: id, quantity, at, position }: Arrival): StoredLine {
  const held = priceHeldUntil(from, line, at) === null ? null : line.priceHold;
  return { ...line, id, quantity, position, priceHold: held && quantity < line.quantity ? ofUnits(held, quantity) : held };
}

/** A price that somebody stood behind for so many units is for these of them. */
function ofUnits(hold: PriceHold, most: number): PriceHold {
  const { override } = hold;
  return override?.units === undefined ? hold : { ...hold, override: { ...override, units: Math.min(override.units, most) } };
}
