import type { LineId } from "@weft/kernel";
import { refundFor } from "../../pricing/domain/index.ts";

/** A line of an order, as far as canceling units of it depends on it; amounts in minor units. */
export type CancelableLine = {
  readonly id: LineId;
  readonly ordered: number;
  readonly canceled: number;
  readonly returned: number;
  readonly total: number;
  readonly tax: number;
};

/**
 * What units of a line were worth [CHK-12]: their share of the line's total by the rule of what is returned [PRC-10], counted from all units
 * that were given up before, canceled or returned, so that any way of giving up a line in parts comes to exactly its total.
 * `worthOf({ ordered: 3, canceled: 0, returned: 0, total: 1000 }, 1)` is 333, and the second unit 334.
 */
export function worthOf(
  { ordered, canceled, returned, total, tax }: Omit<CancelableLine, "id">,
  quantity: number,
): { readonly total: number; readonly tax: number } {
  return refundFor({ quantity: ordered, total, tax, discount: 0 }, canceled + returned, quantity);
}

/** Units of a line with what they were worth. */
export type Worth = { readonly orderLineId: LineId; readonly quantity: number; readonly total: number; readonly tax: number };
