import type { ProductFacetsView } from "@weft/contracts";
import { currencyExponent, type CategoryId, type UnitPrice } from "@weft/kernel";
import type { Product } from "../../modules/catalog/index.ts";

/** A product as facets see it: what it costs at the store or channel, and whether it is there. */
export type Counted = { readonly product: Product; readonly price: UnitPrice | null; readonly isThere: boolean };

/** How products are narrowed down. */
export type Narrowing = {
  readonly inStock?: boolean | undefined;
  readonly priceFrom?: number | undefined;
  readonly priceTo?: number | undefined;
  readonly without?: readonly string[] | undefined;
  readonly option?: { readonly group: string; readonly value: string } | undefined;
  readonly categoryIds?: ReadonlySet<CategoryId> | undefined;
};

type Dimension = "stock" | "price" | "without" | "option" | "category";

const RULES: Readonly<Record<Dimension, (one: Counted, wanted: Narrowing) => boolean>> = {
  stock: ({ isThere }, { inStock }) => inStock !== true || isThere,
  price: ({ price }, { priceFrom = 0, priceTo = Number.POSITIVE_INFINITY }) =>
    (priceFrom === 0 && priceTo === Number.POSITIVE_INFINITY) || (price !== null && minor(price) >= priceFrom && minor(price) < priceTo),
  without: ({ product }, { without = [] }) => !without.some((allergen) => product.allergens.includes(allergen)),
  option: ({ product }, { option }) => option === undefined || hasOption(product, option),
  category: ({ product }, { categoryIds }) => categoryIds === undefined || categoryIds.has(product.categoryId),
};
const DIMENSIONS = Object.keys(RULES) as Dimension[]; // the keys of the table

function hasOption({ optionGroups }: Product, { group, value }: { readonly group: string; readonly value: string }): boolean {
  return optionGroups.some(({ code, values }) => code === group && values.some((one) => one.code === value));
}

/** A unit price in minor units, for comparing: digits below them are rounded. */
const minor = ({ amount, scale }: UnitPrice): number => Math.round(amount / 10 ** scale);

/** Whether a product is among those wanted [CAT-13]; `but` leaves one dimension out. */
export function isWanted(one: Counted, wanted: Narrowing, but?: Dimension): boolean {
  return DIMENSIONS.every((dimension) => dimension === but || RULES[dimension](one, wanted));
}

/** Whether anything is narrowed that only products and prices tell. */
export function isNarrow({ inStock, priceFrom, priceTo, without, option }: Narrowing): boolean {
  return inStock === true || priceFrom !== undefined || priceTo !== undefined || (without?.length ?? 0) > 0 || option !== undefined;
}

/** Values that are offered of one dimension; a shop window has no room for more. */
const MOST_VALUES = 12;

/**
 * Counts what the products found could be narrowed down to [CAT-13]: each dimension under all narrowing but its own, so that a reader sees
 * what another choice would give. `isPartial`: there were more products than these.
 */
export function countFacets(
  found: readonly Counted[],
  wanted: Narrowing,
  { isPartial, hasPlace }: { readonly isPartial: boolean; readonly hasPlace: boolean },
): ProductFacetsView {
  const under = (dimension: Dimension): Counted[] => found.filter((one) => isWanted(one, wanted, dimension));
  return {
    found: found.filter((one) => isWanted(one, wanted)).length,
    isPartial,
    inStock: hasPlace ? under("stock").filter(({ isThere }) => isThere).length : null,
    categories: most(tally(under("category"), ({ product }) => [product.categoryId])).map(([id, count]) => ({ id, count })),
    prices: priceBands(under("price").flatMap(({ price }) => price ?? [])),
    without: withoutOf(under("without")),
    options: optionsOf(under("option")),
  };
}

function tally<Key>(found: readonly Counted[], keysOf: (one: Counted) => readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const one of found) for (const key of keysOf(one)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const most = <Key>(counts: ReadonlyMap<Key, number>): [Key, number][] =>
  [...counts].toSorted(([, a], [, b]) => b - a).slice(0, MOST_VALUES);

function withoutOf(found: readonly Counted[]): ProductFacetsView["without"] {
  const having = tally(found, ({ product }) => [...new Set(product.allergens)]);
  return most(having).map(([allergen, count]) => ({ allergen, count: found.length - count }));
}

function optionsOf(found: readonly Counted[]): ProductFacetsView["options"] {
  const known = new Map<string, Omit<ProductFacetsView["options"][number], "count">>();
  const counts = tally(found, ({ product }) => {
    const keys = new Set<string>();
    for (const { code: group, name: groupName, values } of product.optionGroups)
      for (const { code: value, name: valueName } of values) {
        const key = `${group}.${value}`;
        keys.add(key);
        if (!known.has(key)) known.set(key, { group, value, groupName, valueName });
      }
    return [...keys];
  });
  return most(counts).flatMap(([key, count]) => {
    const option = known.get(key);
    return option ? { ...option, count } : [];
  });
}

/**
 * At most four bands with about as many products each, that begin at round figures: `[350, 390, 850, 2900]` of EUR gives 0 to 4, 4 to 10, from
 * 10. Prices of several currencies do not compare: there are no bands then.
 */
export function priceBands(prices: readonly UnitPrice[]): ProductFacetsView["prices"] {
  const [first] = prices;
  if (!first || prices.some(({ currency }) => currency !== first.currency)) return [];
  const { currency } = first;
  const amounts = prices.map(minor).toSorted((a, b) => a - b);
  const quarters = [0.25, 0.5, 0.75].map((part) => amounts[Math.floor(part * amounts.length)] ?? 0);
  const starts = [...new Set([0, ...quarters.map((amount) => roundFigure(amount, 10 ** currencyExponent(currency)))])];
  const bands = starts.map((from, nth) => ({ from, to: starts[nth + 1] ?? null }));
  const counted = bands.map(({ from, to }) => ({
    from,
    to,
    currency,
    count: amounts.filter((amount) => amount >= from && (to === null || amount < to)).length,
  }));
  return counted.filter(({ count }) => count > 0).length > 1 ? counted : [];
}

/** The next figure of 1, 2, 3, 4, 5, 7.5 times a power of ten that is not below an amount; at least one major unit. */
function roundFigure(amount: number, unit: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, amount / unit))));
  const step = [1, 2, 3, 4, 5, 7.5, 10].find((figure) => figure * power * unit >= amount) ?? 10;
  return Math.round(step * power * unit);
}
