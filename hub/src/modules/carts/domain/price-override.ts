import type { Role } from "@weft/contracts/client";
import { err, ok, type Result } from "@weft/kernel";
import type { PriceOffer } from "../../pricing/domain/index.ts";
import type { LoadedCart, StoredLine } from "./cart.ts";
import { LABEL } from "./label-price.ts";
import type { Refusal } from "./refusal.ts";

/** A lower price that staff gave, with the one that it stands instead of. */
export type PriceOverride = {
  readonly insteadOf: PriceOffer["unitPrice"];
  readonly reason: string;
  /** A manager stood behind it for so many units at most: one more, and the line costs what its list says. */
  readonly units?: number | undefined;
};

/** How much each role may give off the price of a unit, in percent. Who is not here gives nothing off. */
const MOST_OFF: Partial<Record<Role, number>> = { owner: 100, manager: 30, agent: 10 };

/** The most that a member of staff may give off, in percent: what the strongest of their roles may. */
export function mostOff(roles: readonly Role[]): number {
  return Math.max(0, ...roles.map((role) => MOST_OFF[role] ?? 0));
}

/**
 * The offer of a line at the price that staff want for a unit, in whole minor units [CRT-23]. It never asks more than the list, and no less than
 * the role allows: at 10.00 with 10 percent, 9.00 is the least. Errors as the refusal of an operation.
 */
export function overriddenOffer(listed: PriceOffer | undefined, unitAmount: number, most: number): Result<PriceOffer, Refusal> {
  if (!listed) return err({ code: "price.unknown", data: {} });
  const { unitPrice } = listed;
  const wanted = BigInt(unitAmount) * 10n ** BigInt(unitPrice.scale);
  const before = BigInt(unitPrice.amount);
  if (wanted >= before) return err({ code: "price.not_lower", data: { listed: unitPrice } });
  if ((before - wanted) * 100n > before * BigInt(most)) return err({ code: "price.below_limit", data: { listed: unitPrice, most } });
  return ok({ ...listed, minQuantity: 1, unitPrice: { ...unitPrice, amount: unitAmount, scale: 0 } });
}

type Labeled = Pick<StoredLine, "priceHold" | "quantity">;

/** What the label of a scale asks for all of a line, whatever staff gave since; undefined for a line without one [CRT-33]. */
export function labelPriceOf({ priceHold, quantity }: Labeled): PriceOffer["unitPrice"] | undefined {
  const override = priceHold?.override;
  if (override?.reason === LABEL) return priceHold?.unitPrice;
  const before = override?.insteadOf;
  return before?.per.unit === "gram" && before.per.quantity === quantity ? before : undefined;
}

/**
 * What a line costs before staff give it a price [CRT-36]: the price of its list, of goods by weight that of a kilogram; where a label says the amount, that
 * amount.
 */
export function offerBefore(line: Labeled, listed: PriceOffer | undefined): PriceOffer | undefined {
  const unitPrice = labelPriceOf(line);
  return listed && unitPrice ? { ...listed, unitPrice, minQuantity: 1 } : listed;
}

/** The cart with its promise prolonged to the end of the prices that staff gave; every other line still ends at its own cap. */
export function withOverridesHeld(cart: LoadedCart): LoadedCart {
  const ends = cart.lines.flatMap(({ priceHold }) => (priceHold?.override ? [priceHold.cap.getTime()] : []));
  const until = Math.max(cart.pricesUntil?.getTime() ?? 0, ...ends);
  return ends.length === 0 ? cart : { ...cart, pricesUntil: new Date(until) };
}
