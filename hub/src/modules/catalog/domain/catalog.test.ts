import { describe, expect, it } from "vitest";
import { placeId, productId, variantId } from "../../../../test/goods-hub.ts";
import { BAKERY, CAFE, CATEGORIES, COFFEE, DRINKS, MILKS, newProduct, texts } from "../../../../test/cafe-catalog.ts";
import { compileCatalog } from "./catalog.ts";
import type { CatalogFacts } from "./facts.ts";
import { readGtin } from "./gtin.ts";

function factsOf(products = CAFE, given: Partial<CatalogFacts> = {}): CatalogFacts {
  return {
    revision: 1,
    categories: CATEGORIES,
    products: products.map((product) => ({
      isShippable: false,
      chargedWhen: "house",
      kind: "goods",
      brand: "",
      batchPercent: 100,
      version: 1,
      pictures: [],
      ...product,
    })),
    optionGroups: [MILKS],
    assortment: [],
    exclusions: [],
    parts: [],
    variants: products.flatMap(({ id, variants }) =>
      variants.map((variant) => ({
        isActive: true,
        mpn: "",
        ...variant,
        productId: id,
      })),
    ),
    barcodes: products.flatMap(({ variants }) =>
      variants.flatMap(({ id, barcodes }) =>
        barcodes.flatMap((text) => {
          const read = readGtin(text);
          return read.ok
            ? [
                {
                  ...read.value,
                  variantId: id,
                },
              ]
            : [];
        }),
      ),
    ),
    productOptions: products.flatMap(({ id, optionGroupIds }) =>
      optionGroupIds.map((groupId) => ({
        productId: id,
        groupId,
      })),
    ),
    ...given,
  };
}
const CATALOG = compileCatalog(factsOf());

describe("goods", () => {
  it("are found by SKU, by variant and by barcode, whatever its symbology", () => {
    const beans = CATALOG.bySku("BEA-250");
    expect(beans).toMatchObject({ variantId: variantId(50), productId: productId(5), tracked: true });
    expect(CATALOG.byVariant(variantId(50))).toBe(beans);
    expect(CATALOG.byBarcode("04006381333931")).toBe(beans);
    expect(CATALOG.byBarcode("00036000291452")).toBe(beans);
    expect([CATALOG.bySku("nothing"), CATALOG.byBarcode("00000000000000")]).toEqual([undefined, undefined]);
  });

  it("are called by product and variant in every language, by the product alone where there is one variant", () => {
    expect(CATALOG.bySku("BEA-250")?.name).toEqual(
      texts("House beans · 250 g", "Grains de la maison · 250 g", "Hausbohnen · 250 g", "Grans de la casa · 250 g"),
    );
    expect(CATALOG.bySku("PAS-CRO")?.name.fr).toBe("Croissants au beurre");
  });

  it("bring the choices of their product", () => {
    expect(CATALOG.bySku("SKU-1")?.optionGroups).toEqual([MILKS]);
  });

  it("of a product that was taken off are not sold, but old documents still name them", () => {
    const catalog = compileCatalog(factsOf([newProduct(1, { isActive: false })]));
    expect(catalog.bySku("SKU-1")).toBeUndefined();
    expect(catalog.menu).toEqual([]);
    expect(catalog.variantOf(variantId(1))?.product.id).toBe(productId(1));
  });

  it("that were read a moment before their product are left out", () => {
    const facts = factsOf();
    expect(compileCatalog({ ...facts, products: facts.products.slice(1) }).bySku("SKU-1")).toBeUndefined();
  });
});

describe("the menu", () => {
  it("follows categories, parents first, and positions within", () => {
    expect(CATALOG.categories.map(({ id }) => id)).toEqual([BAKERY, DRINKS, COFFEE]);
    expect(CATALOG.menu.map(({ position }) => position)).toEqual([3, 4, 8, 6, 7, 1, 2, 5]);
  });

  it("of a category holds those below it too", () => {
    expect([...CATALOG.categoriesFrom(DRINKS)]).toEqual([DRINKS, COFFEE]);
  });
});

describe("the assortment", () => {
  const [lyon, berlin] = [placeId(1), placeId(2)];
  it("[CAT-1] a product is sold everywhere, unless the store differs", () => {
    const catalog = compileCatalog(factsOf(CAFE, { assortment: [{ productId: productId(1), placeId: lyon, isIncluded: false }] }));
    expect([catalog.isSoldAt(productId(1), lyon), catalog.isSoldAt(productId(1), berlin)]).toEqual([false, true]);
  });

  it("[CAT-1] or nowhere, unless the store differs; and never once it was taken off", () => {
    const assortment = [productId(1), productId(2)].map((id) => ({ productId: id, placeId: lyon, isIncluded: true }));
    const catalog = compileCatalog(factsOf([newProduct(1, { soldEverywhere: false }), newProduct(2, { isActive: false })], { assortment }));
    expect([lyon, berlin].map((place) => catalog.isSoldAt(productId(1), place))).toEqual([true, false]);
    expect(catalog.isSoldAt(productId(2), lyon)).toBe(false);
  });
});
