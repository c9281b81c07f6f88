import type { LineId, PlaceId, VariantId } from "@weft/kernel";

/** So many of a variant are in one of the whole. */
export type Part = { readonly variantId: VariantId; readonly quantity: number };

/** What stock knows of a line: the goods themselves, or one of their parts under a line id of its own. `per`: in one unit of the line. */
export type StockLine = {
  readonly lineId: LineId;
  readonly of: LineId;
  readonly variantId: VariantId;
  readonly quantity: number;
  readonly per: number;
};

type CountedGoods = { readonly variantId: VariantId; readonly tracked: boolean; readonly parts: readonly Part[] };

/** What a line takes from stock [CAT-11]: its goods, their parts, or nothing where they are made to order. */
export function stockLines(lineId: LineId, { variantId, tracked, parts }: CountedGoods, quantity: number): StockLine[] {
  if (!tracked) return [];
  if (parts.length === 0) return [{ lineId, of: lineId, variantId, quantity, per: 1 }];
  return parts.map((part) => ({
    lineId: lineIdOf(lineId, part.variantId),
    of: lineId,
    variantId: part.variantId,
    quantity: quantity * part.quantity,
    per: part.quantity,
  }));
}

/** How many of the whole can be made of what there is of each part; null where one of them is not kept. */
export function wholesFrom(parts: readonly Part[], available: (variantId: VariantId) => number | null): number | null {
  let fewest: number | null = null;
  for (const { variantId, quantity } of parts) {
    const units = available(variantId);
    if (units === null) return null;
    const wholes = Math.floor(units / quantity);
    fewest = fewest === null ? wholes : Math.min(fewest, wholes);
  }
  return fewest;
}

const PRIME = 0x100000001b3n;
const BASIS = 0xcbf29ce484222325n;
const MASK = (1n << 64n) - 1n;

/**
 * The line id by which stock knows something of a line, always the same for both: a UUIDv7 with the time of the line, and in its random bits a
 * hash of both (FNV-1a with 64 bits, of which the id has room for 62). A part of its goods, by its variant; a share of it elsewhere, by its place.
 */
export function lineIdOf(lineId: LineId, something: VariantId | PlaceId): LineId {
  let hash = BASIS;
  for (const letter of `${lineId}/${something}`) hash = ((hash ^ BigInt(letter.charCodeAt(0))) * PRIME) & MASK;
  const bits = ((hash & ((1n << 62n) - 1n)) | (1n << 63n)).toString(16);
  return `${lineId.slice(0, 19)}${bits.slice(0, 4)}-${bits.slice(4)}` as LineId; // made of one
}
