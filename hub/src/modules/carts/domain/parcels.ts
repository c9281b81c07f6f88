import type { LineId, PlaceId } from "@weft/kernel";
import { lineIdOf } from "../../catalog/domain/index.ts";
import type { LineShare, PlannedParcel, StoredLine, Wanted } from "./cart.ts";

type Shared = Pick<StoredLine, "id" | "quantity" | "available" | "ahead" | "shares">;

/** From where the units of a line come [CRT-25]: all from the cart's place, unless several places ship it. */
export function sharesOf(line: Shared, placeId: PlaceId): readonly LineShare[] {
  return line.shares ?? [{ placeId, quantity: line.quantity, available: line.available, ...(line.ahead && { ahead: line.ahead }) }];
}

/** By which line id stock holds a share of a line: the line's own at the cart's place, because a hold is at one place. */
export function heldLineId(lineId: LineId, shareAt: PlaceId, placeId: PlaceId | null): LineId {
  return shareAt === placeId ? lineId : lineIdOf(lineId, shareAt);
}

/** The lines with what each of several places sends of them; `availableAt` is what is free there. Without parcels they are whole again. */
export function withShares(
  lines: readonly StoredLine[],
  parcels: readonly PlannedParcel[] | undefined,
  availableAt: (line: StoredLine, placeId: PlaceId) => number | null,
): StoredLine[] {
  return lines.map((before) => {
    const { shares: _, ...line } = before;
    const shares = (parcels ?? []).flatMap(({ placeId, units }) =>
      units.flatMap(({ lineId, quantity }): LineShare[] =>
        lineId === line.id ? [{ placeId, quantity, available: availableAt(before, placeId) }] : [],
      ),
    );
    if (shares.length === 0) return line;
    const available = shares.reduce<number | null>((sum, one) => (one.available === null ? sum : (sum ?? 0) + one.available), null);
    return { ...line, shares, available };
  });
}

/** The lines as one place has them: of a cart that was to be shipped by several, and is judged as if it were collected. */
export function atOnePlace(lines: readonly StoredLine[], placeId: PlaceId | null): readonly StoredLine[] {
  if (!lines.some(({ shares }) => shares)) return lines;
  return lines.map(({ shares, ...line }) => {
    const here = shares?.find((share) => share.placeId === placeId);
    return here ? { ...line, available: here.available, ...(here.ahead && { ahead: here.ahead }) } : line;
  });
}

/** What is wanted, with the places that ship it; one place is no split. */
export function withParcels({ parcels: _, ...wanted }: Wanted, parcels: readonly PlannedParcel[]): Wanted {
  return parcels.length > 1 ? { ...wanted, parcels } : wanted;
}
