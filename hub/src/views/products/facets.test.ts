import { asId, type CategoryId, type ProductId, type UnitPrice } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import type { Product } from "../../modules/catalog/index.ts";
import { countFacets, isNarrow, isWanted, priceBands, type Counted } from "./facets.ts";

const eur = (amount: number): UnitPrice => ({ amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" } });
const [DRINKS, BAKERY] = [asId<CategoryId>("drinks"), asId<CategoryId>("bakery")];
const MILK = {
  code: "milk",
  name: { en: "Milk" },
  values: [
    { code: "oat", name: { en: "Oat" } },
    { code: "cow", name: { en: "Cow" } },
  ],
};

/** Only what facets read of a product. */
const one = (
  n: number,
  categoryId: CategoryId,
  price: number | null,
  given: Partial<{ allergens: string[]; optionGroups: unknown[]; isThere: boolean }> = {},
): Counted => ({
  product: {
    id: asId<ProductId>(String(n)),
    categoryId,
    allergens: given.allergens ?? [],
    optionGroups: given.optionGroups ?? [],
  } as unknown as Product,
  price: price === null ? null : eur(price),
  isThere: given.isThere ?? true,
});
const FOUND = [
  one(1, DRINKS, 390, { allergens: ["milk"], optionGroups: [MILK] }),
  one(2, DRINKS, 350, { optionGroups: [MILK] }),
  one(3, BAKERY, 180, { allergens: ["gluten", "milk"], isThere: false }),
  one(4, BAKERY, 210, { allergens: ["gluten"] }),
  one(5, BAKERY, null),
];

describe("[CAT-13] what was found is narrowed down", () => {
  it.each([
    ["what is there", { inStock: true }, [1, 2, 4, 5]],
    ["a price from and below", { priceFrom: 200, priceTo: 390 }, [2, 4]],
    ["without allergens", { without: ["milk", "gluten"] }, [2, 5]],
    ["with an option", { option: { group: "milk", value: "oat" } }, [1, 2]],
    ["with an option that nobody offers", { option: { group: "milk", value: "soy" } }, []],
    ["in a category", { categoryIds: new Set([BAKERY]) }, [3, 4, 5]],
    ["all at once", { inStock: true, without: ["milk"], categoryIds: new Set([BAKERY]), priceTo: 300 }, [4]],
    ["nothing", {}, [1, 2, 3, 4, 5]],
  ])("to %s", (_, wanted, left) => {
    expect(FOUND.filter((counted) => isWanted(counted, wanted)).map(({ product }) => Number(product.id))).toEqual(left);
    expect(isNarrow(wanted)).toBe(!("categoryIds" in wanted && Object.keys(wanted).length === 1) && Object.keys(wanted).length > 0);
  });

  it("and each figure says what another choice in its place would give", () => {
    const facets = countFacets(FOUND, { categoryIds: new Set([BAKERY]), inStock: true }, { isPartial: false, hasPlace: true });
    expect(facets).toMatchObject({ found: 2, isPartial: false, inStock: 2 });
    expect(facets.categories).toEqual([
      { id: DRINKS, count: 2 },
      { id: BAKERY, count: 2 },
    ]);
    expect(facets.without).toEqual([{ allergen: "gluten", count: 1 }]);
    expect(facets.options).toEqual([]);
    expect(countFacets(FOUND, {}, { isPartial: true, hasPlace: false })).toMatchObject({
      inStock: null,
      isPartial: true,
      options: [
        { group: "milk", value: "oat", count: 2 },
        { group: "milk", value: "cow", count: 2 },
      ],
    });
  });
});

describe("price bands", () => {
  it("begin at round figures, hold every price once, and have no end at the top", () => {
    const bands = priceBands([180, 210, 350, 390, 850, 2900].map(eur));
    expect(bands.at(0)?.from).toBe(0);
    expect(bands.at(-1)?.to).toBeNull();
    expect(bands.reduce((sum, { count }) => sum + count, 0)).toBe(6);
    for (const [nth, { from }] of bands.entries()) expect(from).toBe(nth === 0 ? 0 : bands[nth - 1]?.to);
  });

  it.each([
    ["one price", [eur(100)]],
    ["none", []],
    ["several currencies", [eur(100), { ...eur(900), currency: "CHF" }]],
  ])("of %s are none", (_, prices) => expect(priceBands(prices)).toEqual([]));
});
