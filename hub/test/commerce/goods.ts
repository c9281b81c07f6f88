import { BEANS, CAPPUCCINO, CROISSANT, MUG } from "../sale-hub.ts";

/** Goods beside those of the small retailer: a box of two mugs and a bag of beans, and a gift card of 50.00. */
export const BOX = 6;
export const VOUCHER = 5;

export const PRICE: Readonly<Record<number, number>> = {
  [MUG]: 1400,
  [BEANS]: 850,
  [CROISSANT]: 180,
  [CAPPUCCINO]: 390,
  [VOUCHER]: 5000,
  [BOX]: 3000,
};

/** What one of them takes from the shelf. Nothing for what is made to order, and for what is only a code. */
export const TAKES: Readonly<Record<number, readonly (readonly [goods: number, units: number])[]>> = {
  [MUG]: [[MUG, 1]],
  [BEANS]: [[BEANS, 1]],
  [CROISSANT]: [[CROISSANT, 1]],
  [CAPPUCCINO]: [],
  [VOUCHER]: [],
  [BOX]: [
    [MUG, 2],
    [BEANS, 1],
  ],
};

/** What is counted, and what somebody buys. */
export const COUNTED = [MUG, BEANS, CROISSANT] as const;
export const SOLD = [MUG, BEANS, CROISSANT, CAPPUCCINO, BOX] as const;

/** The code that takes a tenth off; every price is a whole multiple of ten. */
export const CODE = "TEN";

/** Units of each counted goods that lines take. */
export function taken(lines: ReadonlyMap<number, number>): Map<number, number> {
  const sum = new Map<number, number>();
  for (const [goods, units] of lines) for (const [part, per] of TAKES[goods] ?? []) sum.set(part, (sum.get(part) ?? 0) + units * per);
  return sum;
}
