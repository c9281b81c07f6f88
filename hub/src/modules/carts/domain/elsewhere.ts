import type { LineId, PlaceId } from "@weft/kernel";
import { VOUCHERS } from "../../pricing/domain/index.ts";
import type { DeliveryMethodId } from "../../promises/domain/index.ts";
import type { PlannedParcel, StoredLine, Wanted } from "./cart.ts";

/**
 * How a line reaches its customer when it does not come with the rest of the cart [CRT-26]: sent to its address, fetched at a store, or brought
 * from another place to the cart's own and fetched there [CRT-32].
 */
export type ElsewhereWay =
  | { readonly kind: "ship" }
  | { readonly kind: "bring"; readonly placeId: PlaceId }
  | {
      readonly kind: "collect";
      readonly placeId: PlaceId;
      readonly dueAt: Date | null;
      /** In the slot that begins at `dueAt`. */
      readonly inSlot?: boolean;
    };

export type ElsewhereLine = ElsewhereWay & { readonly lineId: LineId };

/** How a line goes its own way; undefined: with the rest of the cart. A cart that is shipped goes as a whole. */
export function elsewhereOf(wanted: Wanted | null, lineId: LineId): ElsewhereLine | undefined {
  return wanted?.kind === "ship" ? undefined : wanted?.elsewhere?.find((line) => line.lineId === lineId);
}

/** A gift card: nothing but its code, which is told as soon as it is paid and comes with no parcel. */
export const isCode = (goods: { readonly taxClass: string } | undefined): boolean => goods?.taxClass === VOUCHERS;

/** Whether some of a cart is sent, all or by line. */
export const sendsSome = (wanted: Wanted | null): boolean =>
  wanted?.kind === "ship" || (wanted?.elsewhere?.some(({ kind }) => kind === "ship") ?? false);

export function sameWay(a: ElsewhereWay | undefined, b: ElsewhereWay | undefined): boolean {
  if (a?.kind === "bring" && b?.kind === "bring") return a.placeId === b.placeId;
  if (a?.kind !== "collect" || b?.kind !== "collect") return a?.kind === b?.kind;
  return a.placeId === b.placeId && a.dueAt?.getTime() === b.dueAt?.getTime() && (a.inSlot ?? false) === (b.inSlot ?? false);
}

/** What is wanted with a line that goes another way, or with the rest again. */
export function withWay(wanted: Wanted, lineId: LineId, way: ElsewhereWay | null, methodId: DeliveryMethodId | null): Wanted {
  const { elsewhere = [], ...rest } = wanted;
  const others = elsewhere.filter((line) => line.lineId !== lineId);
  const lines = way ? [...others, { ...way, lineId }] : others;
  return { ...rest, ...(methodId && { methodId }), ...(lines.length > 0 && { elsewhere: lines }) };
}

/** Without the ways of lines that are gone. */
export function withoutGone(wanted: Wanted | null, lines: readonly Pick<StoredLine, "id">[]): Wanted | null {
  if (!wanted?.elsewhere) return wanted;
  const { elsewhere, parcels, ...rest } = wanted;
  const left = elsewhere.filter(({ lineId }) => lines.some(({ id }) => id === lineId));
  return { ...rest, ...(left.length > 0 && { elsewhere: left }), ...(sendsSome({ ...rest, elsewhere: left }) && parcels && { parcels }) };
}

/** Which places give what of a cart whose goods do not all come from its own place; undefined where they do. */
export function sharedOut(
  wanted: Wanted | null,
  lines: readonly Pick<StoredLine, "id" | "quantity">[],
): readonly PlannedParcel[] | undefined {
  if (wanted?.kind === "ship" || !wanted?.elsewhere) return wanted?.parcels;
  const away = wanted.elsewhere.flatMap((way): PlannedParcel[] => {
    const line = lines.find(({ id }) => id === way.lineId);
    return way.kind !== "ship" && line ? [{ placeId: way.placeId, units: [{ lineId: line.id, quantity: line.quantity }] }] : [];
  });
  return [...(wanted.parcels ?? []), ...away];
}
