import { divideRounded } from "@weft/kernel";

/** What a line was sold for, in minor units, and how many units of it. */
export type SoldLine = { readonly quantity: number; readonly total: number; readonly tax: number; readonly discount: number };

export type RefundAmount = { readonly total: number; readonly net: number; readonly tax: number; readonly discount: number };

/**
 * What goes back for `quantity` more units of a line of which `returnedBefore` came back already [PRC-10].
 * Each return is the difference of two cumulative shares, so however the units come back, the parts sum to what was paid:
 * of three units sold for 10.00, one at a time gives 3.33, 3.34 and 3.33.
 */
export function refundFor(line: SoldLine, returnedBefore: number, quantity: number): RefundAmount {
  if (returnedBefore < 0 || quantity < 0 || returnedBefore + quantity > line.quantity) {
    throw new RangeError(`cannot return ${quantity} after ${returnedBefore} of ${line.quantity}`);
  }
  const [before, after] = [cumulative(line, returnedBefore), cumulative(line, returnedBefore + quantity)];
  const [total, tax] = [after.total - before.total, after.tax - before.tax];
  return { total, tax, net: total - tax, discount: after.discount - before.discount };
}

/** Tax follows the money that went back rather than the units, so that no part holds more tax than money. */
function cumulative(line: SoldLine, returned: number): { total: number; tax: number; discount: number } {
  const total = proportion(line.total, returned, line.quantity);
  return { total, tax: proportion(line.tax, total, line.total), discount: proportion(line.discount, returned, line.quantity) };
}

function proportion(amount: number, part: number, whole: number): number {
  return whole === 0 ? 0 : divideRounded(BigInt(amount) * BigInt(part), BigInt(whole));
}
