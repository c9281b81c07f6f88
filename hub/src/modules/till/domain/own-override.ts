import { err, ok } from "@weft/kernel";
import {
  offerBefore,
  overriddenOffer,
  type LoadedCart,
  type OperationFacts,
  type PriceHold,
  type StoredLine,
} from "../../carts/domain/index.ts";
import type { PricedLine } from "../../pricing/domain/index.ts";

/** Prices by hand end with the day that they were given on at a counter: nobody comes back for a ticket. */
const GIVEN_HOURS = 24;
/** In percent. */
const ALL = 100;

/**
 * The price that staff gave a line while the hub could not be asked [TIL-50]. Who may give it was looked at before it was tapped, and stands in the
 * journal: here it is only held against what the lists ask now, which `listed` says.
 */
export function overrideHere(
  cart: LoadedCart,
  at: Date,
  listed: (line: StoredLine) => PricedLine | undefined,
): NonNullable<OperationFacts["overrideFor"]> {
  return (line, unitAmount, reason) => {
    const now = listed(line);
    const before = offerBefore(line, now);
    const offer = overriddenOffer(before, unitAmount, ALL);
    if (!offer.ok || !before) return offer.ok ? err({ code: "price.unknown", data: {} }) : offer;
    const { unitPrice, listId, taxIncluded, minQuantity } = offer.value;
    const hold: PriceHold = {
      unitPrice,
      listId,
      taxIncluded,
      minQuantity,
      channelId: cart.sellingChannelId,
      cap: new Date(at.getTime() + GIVEN_HOURS * 3_600_000),
      override: { insteadOf: before.unitPrice, reason, units: line.quantity },
    };
    return ok(hold);
  };
}
