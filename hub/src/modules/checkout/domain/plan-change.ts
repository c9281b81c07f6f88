import { err, ok, type FulfillmentId, type LineId, type PlaceId, type Result } from "@weft/kernel";
import { move, type FulfillmentState, type LineUnits } from "../../fulfillment/domain.ts";

/** A part of an order as far as changing it depends on it; `since` is when it came to its state. */
export type ChangeablePart = {
  readonly id: FulfillmentId;
  readonly state: FulfillmentState;
  readonly since: Date;
  readonly lines: readonly { readonly orderLineId: LineId; readonly kind: "goods" | "delivery"; readonly quantity: number }[];
};

export type RemovalError =
  | { readonly code: "order.change_closed"; readonly state: FulfillmentState; readonly since: string; readonly orderLineId: string | null }
  | { readonly code: "order.units_gone"; readonly orderLineId: string; readonly requested: number; readonly left: number };

/** Units that leave each part. */
export type PlannedRemoval = ReadonlyMap<FulfillmentId, readonly LineUnits[]>;

/** Whether units of a part may still be given up or come to it [CHK-21]: nobody has begun with it. */
export const isOpenToChange = ({ state }: Pick<ChangeablePart, "state">): boolean => move(state, "cancel").kind === "moves";

/** Why a part takes no more changes: the state that closed it, and since when. */
export function closedBy(
  { state, since }: ChangeablePart,
  orderLineId: LineId | null,
): Extract<RemovalError, { code: "order.change_closed" }> {
  return { code: "order.change_closed", state, since: since.toISOString(), orderLineId };
}

/** Units of a line that may still be given up, over all parts of its order. */
export function removableOf(parts: readonly ChangeablePart[], line: LineId): number {
  return parts.filter(isOpenToChange).reduce((sum, part) => sum + unitsIn(part, line), 0);
}

const unitsIn = ({ lines }: ChangeablePart, line: LineId): number =>
  lines.reduce((sum, { orderLineId, kind, quantity }) => (orderLineId === line && kind === "goods" ? sum + quantity : sum), 0);

/**
 * Which parts of an order the unwanted units leave [CHK-21], the last part first: what was moved elsewhere is the weaker promise. What
 * shipping costs is named by nobody and goes with the last goods of the order [FUL-41], unless `keeps` says that others come to its part.
 * Errors: `order.change_closed` with the state and the time that closed the part they are in, `order.units_gone` with what is left.
 */
export function planRemoval(
  parts: readonly ChangeablePart[],
  unwanted: readonly LineUnits[],
  keeps: FulfillmentId | null,
): Result<PlannedRemoval, RemovalError> {
  const removal = new Map<FulfillmentId, LineUnits[]>();
  for (const { orderLineId, quantity } of summed(unwanted)) {
    const left = removableOf(parts, orderLineId);
    if (quantity > left) {
      const closed = parts.find((part) => !isOpenToChange(part) && !hasEnded(part) && unitsIn(part, orderLineId) > 0);
      return err(closed ? closedBy(closed, orderLineId) : { code: "order.units_gone", orderLineId, requested: quantity, left });
    }
    let rest = quantity;
    for (const part of parts.filter(isOpenToChange).reverse()) {
      const taken = Math.min(rest, unitsIn(part, orderLineId));
      if (taken > 0) removal.set(part.id, [...(removal.get(part.id) ?? []), { orderLineId, quantity: taken }]);
      rest -= taken;
    }
  }
  const isLeft = (part: ChangeablePart) => !hasEnded(part) && keepsGoods(part, removal.get(part.id) ?? []);
  for (const part of parts) if (!parts.some((other) => other !== part && isLeft(other))) withDelivery(part, keeps, removal);
  return ok(removal);
}

/** What ended without being handed over has no units that anybody waits for. */
const hasEnded = ({ state }: ChangeablePart): boolean => state === "canceled" || state === "rejected" || state === "not_collected";

function summed(units: readonly LineUnits[]): LineUnits[] {
  const all = new Map<LineId, number>();
  for (const { orderLineId, quantity } of units) all.set(orderLineId, (all.get(orderLineId) ?? 0) + quantity);
  return [...all].map(([orderLineId, quantity]) => ({ orderLineId, quantity }));
}

function withDelivery(part: ChangeablePart, keeps: FulfillmentId | null, removal: Map<FulfillmentId, LineUnits[]>): void {
  const gone = removal.get(part.id);
  if (!gone || part.id === keeps) return;
  if (keepsGoods(part, gone)) return;
  for (const { orderLineId, kind, quantity } of part.lines) if (kind === "delivery") gone.push({ orderLineId, quantity });
}

/** Units of lines at a place. */
type Served = { readonly placeId: PlaceId; readonly units: readonly LineUnits[] };

export type UnitsMove = { readonly from: PlaceId; readonly to: PlaceId; readonly units: readonly LineUnits[] };

/**
 * Which units go from where to where when other places serve an order than before [CHK-31]: what a place had already stays there, the rest is taken
 * in the order of the places before. Lines that no place had are nobody's to move.
 */
export function unitsMoved(before: readonly Served[], after: readonly Served[]): UnitsMove[] {
  const left = before.map(({ placeId, units }) => ({ placeId, units: new Map(units.map((one) => [one.orderLineId, one.quantity])) }));
  const wanted = after.map(({ placeId, units }) => ({ placeId, units: new Map(units.map((one) => [one.orderLineId, one.quantity])) }));
  const moves: UnitsMove[] = [];
  for (const staysOnly of [true, false])
    for (const to of wanted)
      for (const from of left) {
        if (staysOnly !== (from.placeId === to.placeId)) continue;
        const units = takeBoth(from.units, to.units);
        if (units.length > 0) moves.push({ from: from.placeId, to: to.placeId, units });
      }
  return moves;
}

/** What is in both, taken off both. */
function takeBoth(from: Map<LineId, number>, to: Map<LineId, number>): LineUnits[] {
  return [...to].flatMap(([orderLineId, wanted]) => {
    const quantity = Math.min(wanted, from.get(orderLineId) ?? 0);
    if (quantity === 0) return [];
    from.set(orderLineId, (from.get(orderLineId) ?? 0) - quantity);
    to.set(orderLineId, wanted - quantity);
    return [{ orderLineId, quantity }];
  });
}

function keepsGoods({ lines }: ChangeablePart, gone: readonly LineUnits[]): boolean {
  const left = new Map(gone.map(({ orderLineId, quantity }) => [orderLineId, quantity]));
  return lines.some(({ orderLineId, kind, quantity }) => kind === "goods" && (left.get(orderLineId) ?? 0) < quantity);
}
