import type { Random } from "../random.ts";
import type { ChosenOption, DemoCategory, DemoOptionGroup, DemoProduct, DemoVariant } from "../types.ts";

/** One thing on the menu as people order it. */
export type Dish = { readonly product: DemoProduct; readonly variant: DemoVariant };
/** A dish as someone likes it. */
export type Wish = Dish & { readonly options: readonly ChosenOption[]; /** Minor units for the options. */ readonly extra: number };

/** How often a category is asked for, and how much its first products are ahead of the last. */
const DRINKS: Readonly<Record<string, number>> = { coffee: 60, tea: 16, iced: 12, cold: 12 };
const FOOD: Readonly<Record<string, number>> = { pastry: 55, cake: 25, savory: 20 };
const HOME: Readonly<Record<string, number>> = { beans: 55, pantry: 20, cups: 15, brew: 10 };
export const SHELVES = { drinks: DRINKS, food: FOOD, home: HOME } as const;
export type Shelf = keyof typeof SHELVES;

/** Favorites of everyone; all others share what is left of their category by rank. What is new on the menu is in no history. */
// oxfmt-ignore
const BELOVED: Readonly<Record<string, number>> = {
  "COF-CAP": 5, "COF-FLW": 4, "COF-LAT": 4, "COF-ESP": 4, "COF-AME": 2, "COF-TRA": 2, "ICE-LAT": 2, "TEA-CHA": 2, "CHO-HOT": 2,
  "PAS-CRO": 6, "PAS-CHO": 4, "PAS-CIN": 2, "PAS-ALM": 2, "CAK-COO": 3, "CAK-CAR": 2, "SAV-JAM": 3, "SAV-AVO": 2, "BEA-ORD-250": 5, "MUG-WEA-TER": 3,
  "BAR-SHO": 0, "BAR-MIL": 0, "COF-RES": 0, "SET-BRE": 0,
};

/** Picks dishes by how much people like them, among those that `isSold` admits. */
export type Menu = { pick(shelf: Shelf, random: Random): Wish; wish(sku: string, options: readonly ChosenOption[]): Wish };

export function menuOf(products: readonly DemoProduct[], categories: readonly DemoCategory[]): Menu {
  const codes = new Map(categories.map((category) => [category.id, category.code]));
  const dishes = products.flatMap((product) => product.variants.map((variant): Dish => ({ product, variant })));
  const weighted = (shelf: Shelf): (readonly [Dish, number])[] =>
    dishes.flatMap((dish) => {
      const weight = SHELVES[shelf][codes.get(dish.product.categoryId) ?? ""];
      return weight === undefined ? [] : [[dish, weight * (BELOVED[dish.variant.sku] ?? 1)] as const];
    });
  const shelves = { drinks: weighted("drinks"), food: weighted("food"), home: weighted("home") };
  return {
    pick(shelf, random) {
      const dish = random.weighted(shelves[shelf]);
      return wishOf(dish, chosenOptions(dish.product.optionGroups, random));
    },
    wish(sku, options) {
      const dish = dishes.find(({ variant }) => variant.sku === sku);
      if (!dish) throw new Error(`no product ${sku}`);
      return wishOf(dish, options);
    },
  };
}

/** Most people take the first value; extras are for one in eight. */
function chosenOptions(groups: readonly DemoOptionGroup[], random: Random): ChosenOption[] {
  return groups.flatMap((group) => {
    const usual = group.values[0];
    if (group.minimum === 0) return random.chance(0.12) ? [{ group: group.code, value: random.pick(group.values).code }] : [];
    if (!usual || random.chance(0.3)) return [{ group: group.code, value: random.pick(group.values).code }];
    return [{ group: group.code, value: usual.code }];
  });
}

function wishOf(dish: Dish, options: readonly ChosenOption[]): Wish {
  const extra = options.reduce((sum, { group, value }) => {
    const chosen = dish.product.optionGroups.find(({ code }) => code === group)?.values.find(({ code }) => code === value);
    if (!chosen) throw new Error(`${dish.variant.sku} has no option ${group}: ${value}`);
    return sum + chosen.priceDifference;
  }, 0);
  return { ...dish, options, extra };
}
