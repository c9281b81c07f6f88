import type { LineId } from "@weft/kernel";

/** A line of an order, as far as canceling units of it depends on it; amounts in minor units. */
export type CancelableLine = { readonly id: LineId; readonly ordered: number; readonly canceled: number; readonly total: number };

/**
 * What units of a line were worth [CHK-12]: their share of the line's total, counted from what was canceled before, so that any way of
 * canceling a line in parts comes to exactly its total. `worthOf({ ordered: 3, canceled: 0, total: 1000 }, 1)` is 333, and the third unit 334.
 */
export function worthOf({ ordered, canceled, total }: Omit<CancelableLine, "id">, quantity: number): number {
  const upTo = (units: number) => Number((BigInt(total) * BigInt(units)) / BigInt(ordered));
  return upTo(canceled + quantity) - upTo(canceled);
}
