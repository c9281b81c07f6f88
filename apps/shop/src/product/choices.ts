import type { OptionGroupView, ProductView, VariantView } from "@weft/contracts/client";
import { addMoney, type UnitPrice } from "@weft/kernel";
import type { LineHint } from "../cart/basket.ts";
import { picturesOf } from "../../../../hub/src/modules/catalog/domain/pictures.ts";
import { reduceUnitPrice } from "../../../../hub/src/modules/pricing/domain/promotions/steps.ts";

/** The chosen values per group code. */
export type Choices = Readonly<Record<string, readonly string[]>>;

/** What one gets without asking [CHO-1]: the first value that is there of each group that must be answered. */
export function firstChoices(groups: readonly OptionGroupView[]): Choices {
  return Object.fromEntries(
    groups.map(({ code, minimum, values }) => [
      code,
      values
        .filter(({ soldOut }) => !soldOut)
        .slice(0, minimum)
        .map((value) => value.code),
    ]),
  );
}

/**
 * The choices after a value was tapped [CHO-2]: in a group of one it takes the other's place; beyond `maximum` the one chosen first leaves;
 * tapped again it goes, unless the group would fall below `minimum`.
 */
export function choose(choices: Choices, { code, minimum, maximum }: OptionGroupView, value: string): Choices {
  const held = choices[code] ?? [];
  if (held.includes(value)) return held.length <= minimum ? choices : { ...choices, [code]: held.filter((other) => other !== value) };
  return { ...choices, [code]: [...held, value].slice(-maximum) };
}

/** The groups that are not answered as they must be. */
export function missingChoices(groups: readonly OptionGroupView[], choices: Choices): OptionGroupView[] {
  return groups.filter(({ code, minimum }) => (choices[code] ?? []).length < minimum);
}

/** The line that would come into the cart: the chosen options in the groups' order, and the price with their differences, after promotions [PRC-19]. */
export function lineHint(product: ProductView, variant: VariantView, choices: Choices): LineHint {
  const options = product.optionGroups.flatMap((group) =>
    group.values
      .filter(({ code }) => choices[group.code]?.includes(code))
      .map(({ code, name, priceDifference }) => ({ group: group.code, value: code, name, priceDifference })),
  );
  const { price, reduced } = variant;
  const listed = price && options.reduce(withDifference, price);
  const unitPrice = listed && reduced ? reduceUnitPrice(listed, reduced.steps) : listed;
  return { name: product.name, pictureUrl: picturesOf(product, variant.id)[0]?.url ?? null, unitPrice, options };
}

/** A difference is in minor units, a unit price may have digits below them. */
function withDifference(price: UnitPrice, { priceDifference }: LineHint["options"][number]): UnitPrice {
  if (priceDifference.amount === 0) return price;
  const { currency } = addMoney({ amount: 0, currency: price.currency }, priceDifference);
  return { ...price, currency, amount: price.amount + priceDifference.amount * 10 ** price.scale };
}
