import { ok, type CategoryId } from "@weft/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import { placeId, productId, testId, variantId, type GoodsHub } from "../../../../test/goods-hub.ts";
import { compileCatalog } from "../domain/index.ts";
import { catalogInvariants } from "../invariants.ts";
import { loadCatalogFacts } from "../queries/load-catalog.ts";
import { CAFE, CATEGORIES, MILK, MILKS, cafeHub, newProduct, newVariant, texts } from "../../../../test/cafe-catalog.ts";
import {
  assignAssortment,
  saveCategories,
  saveOptionGroups,
  savePictures,
  setAssortment,
  setSoldOut,
  updateProduct,
  upsertProducts,
} from "./index.ts";

let hub: GoodsHub;
beforeEach(async () => {
  hub = await cafeHub();
  await hub.published();
  return async () => {
    expect(await hub.violations(catalogInvariants)).toEqual([]);
    await hub.close();
  };
});

const load = async () => compileCatalog(await loadCatalogFacts(hub.db));
const LYON = placeId(1);

describe("products in bulk", () => {
  it("come back as they were given, and the same again changes nothing but the revision", async () => {
    const before = await load();
    await hub.must((ctx) => upsertProducts(ctx, CAFE));
    const after = await load();
    expect([...after.products.values()]).toEqual([...before.products.values()].map((product) => ({ ...product, version: 2 })));
    expect(after.revision).toBe(before.revision + 1);
    const { optionGroupIds: _, variants: __, ...beans } = CAFE.find(({ id }) => id === productId(5)) ?? newProduct(0);
    expect(after.products.get(productId(5))).toMatchObject(beans);
    expect(after.products.get(productId(5))?.variants.map(({ sku, barcodes }) => [sku, barcodes])).toEqual([
      ["BEA-250", ["036000291452", "4006381333931"]],
      ["BEA-1K", []],
    ]);
    expect(after.products.get(productId(1))?.optionGroups).toEqual([
      { ...MILKS, values: MILKS.values.map((value) => ({ prepSeconds: 0, ...value })) },
    ]);
    expect(after.categories).toHaveLength(CATEGORIES.length);
  });

  it("[CAT-25] keep what a further piece takes, where it is not said again, and the seconds that options add", async () => {
    await hub.must((ctx) => upsertProducts(ctx, [newProduct(1, { batchPercent: 60, optionGroupIds: [MILK] })]));
    await hub.must((ctx) => upsertProducts(ctx, [newProduct(1, { optionGroupIds: [MILK] })]));
    const slower = MILKS.values.map((value) => ({ ...value, prepSeconds: value.code === "oat" ? 10 : 0 }));
    await hub.must(async (ctx) => ok(await saveOptionGroups(ctx, [{ ...MILKS, values: slower }])));
    const product = (await load()).products.get(productId(1));
    expect(product).toMatchObject({ batchPercent: 60, optionGroups: [{ values: slower }] });
  });

  it("that change take the place of what was: barcodes and options exactly, variants stay", async () => {
    await hub.must((ctx) =>
      upsertProducts(ctx, [newProduct(5, { variants: [newVariant(50, { sku: "BEA-250", barcodes: ["96385074"] })] }), newProduct(1)]),
    );
    const catalog = await load();
    expect(catalog.products.get(productId(5))?.variants.map(({ sku, barcodes }) => [sku, barcodes])).toEqual([
      ["BEA-250", ["96385074"]],
      ["BEA-1K", []],
    ]);
    expect(catalog.byBarcode("04006381333931")).toBeUndefined();
    expect(catalog.products.get(productId(1))?.optionGroups).toEqual([]);
    expect((await hub.published()).map(({ type, data }) => [type, data])).toEqual([
      ["catalog.changed.v1", { revision: catalog.revision, productIds: [productId(5), productId(1)] }],
    ]);
  });

  it.each([
    [
      "[CAT-2] a barcode that no scanner can have read",
      [newProduct(30, { variants: [newVariant(30, { barcodes: ["4006381333932"] })] })],
      { code: "catalog.barcode_invalid", barcode: "4006381333932", because: "check_digit" },
    ],
    [
      "[CAT-2] a barcode of another variant",
      [newProduct(30, { variants: [newVariant(30, { barcodes: ["0036000291452"] })] })],
      { code: "catalog.barcode_taken", barcode: "0036000291452" },
    ],
    [
      "[CAT-2] one barcode on two of its variants",
      [newProduct(30, { variants: [30, 31].map((n) => newVariant(n, { barcodes: ["96385074"] })) })],
      { code: "catalog.barcode_taken", barcode: "96385074" },
    ],
    [
      "a SKU of another variant",
      [newProduct(30, { variants: [newVariant(30, { sku: "PAS-CRO" })] })],
      { code: "catalog.sku_taken", sku: "PAS-CRO" },
    ],
    [
      "one SKU twice",
      [newProduct(30), newProduct(31, { variants: [newVariant(31, { sku: "SKU-30" })] })],
      { code: "catalog.sku_taken", sku: "SKU-30" },
    ],
    ["the address of another product", [newProduct(30, { slug: "product-1" })], { code: "catalog.slug_taken", slug: "product-1" }],
    [
      "a category that nobody made",
      [newProduct(30, { categoryId: testId<CategoryId>("category", 9) })],
      { code: "catalog.category_unknown", categoryId: testId("category", 9) },
    ],
  ])("%s is refused, and nothing is written", async (_, products, error) => {
    expect(await hub.run((ctx) => upsertProducts(ctx, products))).toEqual({ ok: false, error });
    expect((await load()).products.size).toBe(CAFE.length);
    expect(await hub.published()).toEqual([]);
  });
});

describe("single changes", () => {
  it("change what is given of a product and nothing else", async () => {
    await hub.must((ctx) => updateProduct(ctx, productId(1), { name: texts("Big one", "Grand", "Groß", "Gran") }));
    const product = (await load()).products.get(productId(1));
    expect(product).toMatchObject({ name: { en: "Big one" }, description: CAFE[0]?.description, isActive: true, taxClass: "hot_drink" });
    expect(await hub.run((ctx) => updateProduct(ctx, productId(99), { isActive: false }))).toMatchObject({
      error: { code: "catalog.product_unknown" },
    });
    const categoryId = testId<CategoryId>("category", 9);
    expect(await hub.run((ctx) => updateProduct(ctx, productId(1), { categoryId }))).toMatchObject({
      error: { code: "catalog.category_unknown" },
    });
  });

  it("a category that is renamed is found by its new name", async () => {
    await hub.must(async (ctx) =>
      ok(
        await saveCategories(
          ctx,
          CATEGORIES.map((category) => ({ ...category, name: texts("Zebra", "Zèbre", "Zebra", "Zebra") })),
        ),
      ),
    );
    expect(await hub.rows("select count(*)::int as n from catalog.search('zebra', 'en', null, null, null, null, null, 50)")).toEqual([
      { n: CAFE.length },
    ]);
  });

  it("the same picture has one address, another one another", async () => {
    const [first, again, other] = await hub.must(async (ctx) => ok(await savePictures(ctx, ["<svg/>", "<svg/>", "<svg />"])));
    expect(first).toMatch(/^\/pictures\/[0-9a-f]{32}\.svg$/);
    expect([again === first, other === first]).toEqual([true, false]);
    expect(await hub.rows("select count(*)::int as n from catalog.picture")).toEqual([{ n: 2 }]);
  });
});

describe("the assortment of a place", () => {
  it("[CAT-1] counts what was different before; said again it counts nothing", async () => {
    const change = { placeId: LYON, add: [productId(1)], remove: [productId(2), productId(3)] };
    expect(await hub.must((ctx) => setAssortment(ctx, change))).toEqual({ added: 0, removed: 2 });
    expect(await hub.must((ctx) => setAssortment(ctx, change))).toEqual({ added: 0, removed: 0 });
    expect(await hub.must((ctx) => setAssortment(ctx, { placeId: LYON, add: [productId(2)], remove: [] }))).toEqual({
      added: 1,
      removed: 0,
    });
    const catalog = await load();
    expect([1, 2, 3].map((n) => catalog.isSoldAt(productId(n), LYON))).toEqual([true, true, false]);
    expect(await hub.run((ctx) => setAssortment(ctx, { ...change, add: [productId(99)] }))).toMatchObject({
      error: { code: "catalog.product_unknown", product: productId(99) },
    });
  });

  it("[CAT-1] of many places at once", async () => {
    const wanted = [1, 2, 3].map((n) => ({ productId: productId(1), placeId: placeId(n), isIncluded: n === 2 }));
    expect(await hub.must(async (ctx) => ok(await assignAssortment(ctx, wanted)))).toHaveLength(2);
  });
});

describe("sold out", () => {
  const mark = { variantId: variantId(1), placeId: LYON, soldOut: true, until: null, reason: "milk is out" };
  const isSoldOut = async () =>
    (await hub.rows<{ yes: boolean }>("select catalog.is_sold_out($1, $2) as yes", [variantId(1), LYON]))[0]?.yes;

  it("is one act, and so is the way back", async () => {
    await hub.must((ctx) => setSoldOut(ctx, mark));
    expect(await isSoldOut()).toBe(true);
    await hub.must((ctx) => setSoldOut(ctx, { ...mark, soldOut: false }));
    expect(await isSoldOut()).toBe(false);
    const subject = `level/${variantId(1)}/${LYON}`;
    expect(await hub.published()).toMatchObject([
      { subject, data: { soldOut: true } },
      { subject, data: { soldOut: false } },
    ]);
  });

  it("[CAT-3] until a time comes back by itself when it has passed, exactly, and screens are told within a second", async () => {
    await hub.must((ctx) => setSoldOut(ctx, { ...mark, until: new Date(Date.now() + 60_000) }));
    expect(await isSoldOut()).toBe(true);
    await hub.rows("update catalog.sold_out set until = now() - interval '1 second'");
    await hub.published();
    expect(await isSoldOut()).toBe(false);
    expect(await hub.rows("select * from catalog.read_sold_out")).toEqual([]);
    expect(await hub.rows("select catalog.bring_back(10) as n")).toEqual([{ n: 1 }]);
    expect(await hub.published()).toMatchObject([{ type: "catalog.sold_out_changed.v1", data: { soldOut: false, until: null } }]);
  });

  it("until a time that has passed, or of a variant that nobody made, is refused", async () => {
    expect(await hub.run((ctx) => setSoldOut(ctx, { ...mark, until: new Date(0) }))).toMatchObject({
      error: { code: "catalog.until_past" },
    });
    expect(await hub.run((ctx) => setSoldOut(ctx, { ...mark, variantId: variantId(99) }))).toMatchObject({
      error: { code: "catalog.variant_unknown" },
    });
  });
});
