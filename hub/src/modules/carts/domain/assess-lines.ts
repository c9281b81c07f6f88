import { wallClock, type LineId, type PlaceId } from "@weft/kernel";
import { nearEndOf } from "../../batches/domain/index.ts";
import type { CartLine, PricedLine } from "../../pricing/domain/index.ts";
import { withOptions } from "../../promises/domain/index.ts";
import { taxPlaceOf } from "./assess-shipping.ts";
import type { AssessedLine, AssessedOption, AssessFacts } from "./assessed.ts";
import type { Goods, LoadedCart, StoredLine, Wanted } from "./cart.ts";
import { elsewhereOf } from "./elsewhere.ts";
import { LABEL } from "./label-price.ts";
import { heldPriceOf, priceHeldUntil } from "./price-hold.ts";
import { topUpName } from "./top-up.ts";

/** `goesAway`: it is not eaten with the rest. */
type Going = { readonly isWhole: boolean; readonly goesAway: boolean };

/** What the engine is asked of a line. */
export function toPrice(cart: LoadedCart, line: StoredLine, goods: Goods, facts: AssessFacts & Going): CartLine {
  const { place, at, shipping, isWhole, goesAway } = facts;
  const heldPrice = heldPriceOf(cart, line, at);
  const taxPlace = isWhole ? taxPlaceOf(shipping) : undefined;
  const options = optionsOf(line, goods, place.currency);
  return {
    lineId: line.id,
    variantId: line.variantId,
    quantity: line.quantity,
    taxClass: goods.taxClass,
    productId: line.productId,
    // Asked only where somebody wants to know: without promotions a cart pays nothing for them.
    ...((facts.pricing.promotions.length > 0 || heldPrice?.promotions) && { categoryIds: facts.categoriesOf(line.productId) }),
    options: options.map(({ group, value, priceDifference }) => ({ group, value, difference: priceDifference })),
    ...(heldPrice && { heldPrice }),
    ...(taxPlace && { taxPlace }),
    ...(goesAway && { taxContext: "take_away" as const }),
    ...markedDown(line, facts),
    ...(line.topUp && { worth: line.topUp.amount }),
  };
}

/** What is near its last day on the day at the place is marked down; a price that staff gave it is theirs [BAT-8]. */
function markedDown({ trace, priceHold }: StoredLine, { nearEnd, at, place }: AssessFacts): Pick<CartLine, "nearEnd"> {
  const isGiven = priceHold?.override !== undefined && priceHold.override.reason !== LABEL;
  const found = trace && nearEnd && !isGiven ? nearEndOf(trace, nearEnd, wallClock(at, place.timeZone).date) : undefined;
  return found ? { nearEnd: found } : {};
}

/** A line with what a document keeps of it. */
export function describe(
  cart: LoadedCart,
  line: StoredLine,
  goods: Goods,
  { place, at, priced, making, madeAt: where }: AssessFacts & { readonly priced: PricedLine | undefined; readonly madeAt: PlaceId | null },
): AssessedLine {
  const made = (where === null ? undefined : making?.(goods.productId, where)) ?? { prepSeconds: goods.prepSeconds };
  return {
    ...line,
    name: line.topUp ? topUpName(line.topUp) : goods.name,
    pictureUrl: goods.pictureUrl,
    unit: goods.unit,
    named: optionsOf(line, goods, place.currency),
    taxClass: goods.taxClass,
    tracked: goods.tracked,
    parts: goods.parts,
    isShippable: goods.isShippable,
    kind: goods.kind ?? "goods",
    prepSeconds: withOptions(made.prepSeconds, goods.optionGroups, line.options),
    batchPercent: made.batchPercent ?? 100,
    station: made.station ?? null,
    priced,
    priceHeldUntil: priceHeldUntil(cart, line, at),
  };
}

/** Where somebody makes a line: at the store at which it is fetched, else at the place of the cart. */
export function madeAt(wanted: Wanted | null, lineId: LineId, { place }: AssessFacts): PlaceId | null {
  const way = elsewhereOf(wanted, lineId);
  return way?.kind === "collect" ? way.placeId : place.placeId;
}

function optionsOf(line: StoredLine, goods: Goods, currency: string): AssessedOption[] {
  return line.options.flatMap(({ group, value }) => {
    const found = goods.optionGroups.find((known) => known.code === group)?.values.find((known) => known.code === value);
    // A difference of nothing has no currency of its own: a free option is free everywhere.
    return found
      ? [
          {
            group,
            value,
            name: found.name,
            priceDifference: found.priceDifference.amount === 0 ? { amount: 0, currency } : found.priceDifference,
          },
        ]
      : [];
  });
}
