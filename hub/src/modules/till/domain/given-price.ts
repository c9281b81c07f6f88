import type { Role } from "@weft/contracts/client";
import { mostOff } from "../../carts/domain/index.ts";
import type { UnitPrice } from "@weft/kernel";

/** Who stands behind a price that the one at the till may not give alone [TIL-50]. */
export const PRICE_APPROVERS: readonly Role[] = ["owner", "manager"];

type Given = { readonly from: UnitPrice; readonly to: UnitPrice };

/** Whether somebody who may give at most so many percent off may give this price: at 10.00 with 30 percent, 7.00 is the least. */
export function mayGive({ from, to }: Given, most: number): boolean {
  const scale = Math.max(from.scale, to.scale);
  const [before, after] = [from, to].map(({ amount, scale: own }) => BigInt(amount) * 10n ** BigInt(scale - own));
  if (before === undefined || after === undefined) return false;
  return after < before && (before - after) * 100n <= before * BigInt(most);
}

/** Whether somebody may give these prices alone. */
export const mayGiveAll = (given: readonly Given[], roles: readonly Role[]): boolean => given.every((one) => mayGive(one, mostOff(roles)));

/**
 * A unit price with some percent off, in whole minor units: rounded up, so that what a role may give at most can be given. 4.55 less 30 percent
 * is 3.19.
 */
export function lessPercent({ amount, scale }: Pick<UnitPrice, "amount" | "scale">, percent: number): number {
  const unit = 10 ** scale * 100;
  return Math.ceil((amount * (100 - percent)) / unit);
}
