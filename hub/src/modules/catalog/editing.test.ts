import type { CatalogEntryView, EditedOptionGroupView, ProductView } from "@weft/contracts";
import { newId } from "@weft/kernel";
import { Transformer } from "@napi-rs/image";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BAKERY, COFFEE, DRINKS, MILK } from "../../../test/cafe-catalog.ts";
import { cafeWindow, LYON, MANAGER, OWNER, VISITOR, WEB, type CafeWindow } from "../../../test/cafe-window.ts";
import { productId, variantId } from "../../../test/goods-hub.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
  await cafe.knowTaxClasses();
});
afterAll(() => cafe.close());

const urlOf = (id: string): string => `/v1/office/products/${id}`;
const entry = async (id: string): Promise<CatalogEntryView> => (await cafe.get(urlOf(id), OWNER)).json();
const put = (id: string, product: object, version?: number | string, actor = OWNER) =>
  cafe.send("PUT", urlOf(id), product, actor, version === undefined ? {} : { "if-match": `"${version}"` });

/** A product that nobody else's test touches. */
const fresh = async (given: Partial<CatalogEntryView["product"]> = {}): Promise<CatalogEntryView> => {
  const beans = (await entry(productId(5))).product;
  const sku = `NEW-${newId().slice(-8)}`;
  const variants = [{ id: newId(), sku, name: { en: "" }, barcodes: [], active: true }];
  const made = await put(newId(), { ...beans, slug: sku.toLowerCase(), name: { en: "New" }, optionGroupIds: [], variants, ...given });
  expect(made.json()).toMatchObject({ version: 1 });
  return made.json();
};

describe("a product", () => {
  it("[CAT-21] is made as it was said, found at once by its words and its brand, and given again changes nothing", async () => {
    const variants = [
      { id: newId(), sku: "TEE-S", name: { en: "S", fr: "P" }, mpn: "WT-1-S", barcodes: ["4012345678901"], active: true },
      { id: newId(), sku: "TEE-M", name: { en: "M" }, mpn: "", barcodes: [], active: true },
    ];
    const name = { en: "Weaver tee", de: "Weberhemd", fr: "", ca: "" };
    const draft = { ...(await fresh()).product, slug: "weaver-tee", name, brand: "Lindqvist & Søn", variants };
    const id = newId();
    const made = await put(id, { ...draft, optionGroupIds: [MILK], notOnChannelIds: [] });
    expect(made.statusCode).toBe(200);
    expect(made.json()).toEqual({
      id,
      version: 1,
      places: [],
      product: { ...draft, name: { en: "Weaver tee", de: "Weberhemd" }, optionGroupIds: [MILK] },
    });
    cafe.refresh();
    expect((await cafe.get("/v1/products/weaver-tee")).json()).toMatchObject({
      name: { en: "Weaver tee" },
      brand: "Lindqvist & Søn",
      variants: [{ sku: "TEE-S" }, { sku: "TEE-M" }],
    });
    expect((await cafe.get("/v1/products?query=weberhemd", VISITOR, { "accept-language": "de" })).json().items).toHaveLength(1);
    for (const words of ["lindqvist tee", "WT-1-S", "lindkvist"])
      expect((await cafe.get(`/v1/products?query=${encodeURIComponent(words)}`)).json().items).toHaveLength(1);
    expect((await put(id, made.json().product, 1)).json()).toEqual(made.json());
  });

  it("[CAT-8] is changed by who saw its last version only", async () => {
    const { id, product } = await fresh();
    const [first, second] = await Promise.all([
      put(id, { ...product, name: { en: "One" } }, 1),
      put(id, { ...product, name: { en: "Two" } }, 1),
    ]);
    const [won, lost] = first.statusCode === 200 ? [first, second] : [second, first];
    expect(won.json()).toMatchObject({ version: 2 });
    expect(lost.json()).toMatchObject({ status: 412, code: "catalog.changed_meanwhile", version: 2 });
    expect((await entry(id)).product.name).toEqual(won.json().product.name);
    expect((await put(id, product)).json()).toMatchObject({ status: 428, code: "catalog.version_missing", version: 2 });
    expect((await put(newId(), product, 1)).json()).toMatchObject({ status: 404, code: "catalog.product_unknown" });
    expect((await put(id, product, "soon")).json()).toMatchObject({ status: 412 });
  });

  it("[CAT-8] has another version after every other way of changing it", async () => {
    const { id } = await fresh();
    await cafe.send("PATCH", `/v1/products/${id}`, { shippable: true });
    expect(await entry(id)).toMatchObject({ version: 2, product: { shippable: true } });
  });

  it("[CAT-9] no longer sells a variant that was left out, while documents go on naming it and it can come back", async () => {
    const { id, product } = await fresh({ slug: `shrinks-${newId().slice(-6)}` });
    const [small] = product.variants;
    const large = { id: newId(), sku: `L-${newId().slice(-8)}`, name: { en: "Large" }, barcodes: [], active: true };
    const both = await put(id, { ...product, variants: [{ ...small, name: { en: "Small" } }, large] }, 1);
    const one = await put(id, { ...both.json().product, variants: [large] }, 2);
    expect(one.json().product.variants.map(({ sku, active }: { sku: string; active: boolean }) => [sku, active])).toEqual([
      [large.sku, true],
      [small?.sku, false],
    ]);
    cafe.refresh();
    const shown: ProductView = (await cafe.get(`/v1/products/${id}`)).json();
    expect(shown.variants.map(({ sku }) => sku)).toEqual([large.sku]);
    expect((await cafe.get(`/v1/products?sku=${small?.sku}`)).json().items).toEqual([]);
    const back = one.json().product.variants.map((variant: object) => ({ ...variant, active: true }));
    expect((await put(id, { ...one.json().product, variants: back }, 3)).statusCode).toBe(200);
    cafe.refresh();
    expect((await cafe.get(`/v1/products?sku=${small?.sku}`)).json().items).toHaveLength(1);
  });

  it("[CAT-10] is not shown on a channel that does not sell it", async () => {
    const { id, product } = await fresh();
    expect((await put(id, { ...product, notOnChannelIds: [WEB] }, 1)).json().product.notOnChannelIds).toEqual([WEB]);
    cafe.refresh();
    expect((await cafe.get(`/v1/products/${product.slug}`)).statusCode).toBe(404);
    expect((await cafe.get(`/v1/products?sku=${product.variants[0]?.sku}`)).json().items).toEqual([]);
    expect((await cafe.get(`/v1/products?query=${product.variants[0]?.sku}`)).json().items).toEqual([]);
    expect((await cafe.get(`/v1/products/${product.slug}`, OWNER)).statusCode).toBe(200);
    expect((await put(id, { ...product, notOnChannelIds: [newId()] }, 2)).json()).toMatchObject({ code: "catalog.channel_unknown" });
  });

  it.each([
    [
      "nothing that can be bought",
      { variants: [{ id: newId(), sku: "X1", name: { en: "" }, barcodes: [], active: false }] },
      "catalog.no_variant_sold",
    ],
    [
      "two sizes of which one has no name",
      { variants: ["Y1", "Y2"].map((sku, n) => ({ id: newId(), sku, name: { en: n === 0 ? "A" : " " }, barcodes: [], active: true })) },
      "catalog.variant_unnamed",
    ],
    [
      "a barcode with a wrong check digit",
      { variants: [{ id: newId(), sku: "Z1", name: { en: "" }, barcodes: ["4006381333932"], active: true }] },
      "catalog.barcode_invalid",
    ],
    [
      "a barcode of something else",
      { variants: [{ id: newId(), sku: "Z2", name: { en: "" }, barcodes: ["4006381333931"], active: true }] },
      "catalog.barcode_taken",
    ],
    [
      "a SKU of something else",
      { variants: [{ id: newId(), sku: "SKU-1", name: { en: "" }, barcodes: [], active: true }] },
      "catalog.sku_taken",
    ],
    [
      "a variant of something else",
      { variants: [{ id: variantId(1), sku: "Z3", name: { en: "" }, barcodes: [], active: true }] },
      "catalog.variant_elsewhere",
    ],
    ["an address of something else", { slug: "product-1" }, "catalog.slug_taken"],
    ["a category that nobody made", { categoryId: newId() }, "catalog.category_unknown"],
    ["options that nobody made", { optionGroupIds: [newId()] }, "catalog.option_group_unknown"],
    ["a picture that nobody gave", { pictures: [{ url: `/pictures/${"0".repeat(32)}.png`, alt: { en: "" } }] }, "catalog.picture_unknown"],
    ["a picture of somebody else's site", { pictures: [{ url: "https://example.com/a.png", alt: { en: "" } }] }, "catalog.picture_unknown"],
    ["a tax class that nobody set", { taxClass: "imaginary" }, "catalog.tax_class_unknown"],
    ["another measure than it was made in", { unit: "gram" }, "catalog.fixed"],
  ])("with %s is refused, and stays as it was", async (_, change, code) => {
    const { id, product, version } = await fresh();
    expect((await put(id, { ...product, ...change }, version)).json()).toMatchObject({ code });
    expect(await entry(id)).toEqual({ id, version, places: [], product });
  });

  it("without a name in English, or without variants, does not fit the contract", async () => {
    const { id, product } = await fresh();
    for (const change of [{ name: { en: " " } }, { variants: [] }])
      expect((await put(id, { ...product, ...change }, 1)).json()).toMatchObject({ status: 422, code: "request.invalid" });
  });

  it("is made and changed for the whole chain, so not by whoever reaches one store; each change is in the audit by its fields", async () => {
    const { id, product } = await fresh();
    expect((await put(id, product, 1, MANAGER)).json()).toMatchObject({ code: "catalog.out_of_reach" });
    await put(id, { ...product, name: { en: "Other" }, prepSeconds: 9 }, 1);
    const audited = await cafe.rows(`select reason from access.audit_entry where subject = 'product/${id}' order by at`);
    expect(audited).toEqual([{ reason: "new" }, { reason: "name, prepSeconds" }]);
  });

  it("names the stores that differ", async () => {
    const { id } = await fresh();
    await cafe.send("POST", `/v1/places/${LYON}/assortment`, { remove: [id] });
    expect((await entry(id)).places).toEqual([{ placeId: LYON, included: false }]);
  });
});

describe("the pictures of a product", () => {
  const give = async (shade: number): Promise<string> => {
    const file = await Transformer.fromRgbaPixels(Buffer.alloc(20 * 20 * 4, shade), 20, 20).png();
    return (await cafe.sendBytes("/v1/pictures", file)).json().url;
  };

  it("have an order and words, and the first stands for the product", async () => {
    const [first, second] = [await give(40), await give(200)];
    const { id, product } = await fresh();
    const pictures = [
      { url: second, alt: { en: "A mug", de: "Ein Becher" } },
      { url: first, alt: { en: "" } },
    ];
    expect((await put(id, { ...product, pictures }, 1)).json().product.pictures).toEqual(pictures);
    cafe.refresh();
    expect((await cafe.get(`/v1/products/${id}`)).json()).toMatchObject({ pictureUrl: second, pictures });
  });

  it("[CAT-20] may show one variant only, which the product must have", async () => {
    const [all, small] = [await give(60), await give(90)];
    const variants = ["S", "M"].map((name) => ({
      id: newId(),
      sku: `T-${newId().slice(-8)}`,
      name: { en: name },
      mpn: "",
      barcodes: [],
      active: true,
    }));
    const pictures = [
      { url: all, alt: { en: "" } },
      { url: small, alt: { en: "" }, variantId: variants[0]?.id },
    ];
    const { id, product } = await fresh({ variants, pictures });
    expect(product.pictures).toEqual(pictures);
    cafe.refresh();
    expect((await cafe.get(`/v1/products/${id}`)).json()).toMatchObject({ pictureUrl: all, pictures });
    const stray = [{ url: all, alt: { en: "" }, variantId: newId() }];
    expect((await put(id, { ...product, pictures: stray }, 1)).json()).toMatchObject({
      status: 422,
      code: "catalog.picture_variant_unknown",
    });
  });
});

describe("what products refer to", () => {
  it("is listed with versions: categories, options, tax classes, allergens", async () => {
    const { categories, optionGroups } = (await cafe.get("/v1/office/catalog", OWNER)).json();
    expect(categories).toContainEqual(
      expect.objectContaining({ code: "coffee", parentId: DRINKS, version: 1, products: expect.any(Number) }),
    );
    expect(optionGroups.find(({ id }: EditedOptionGroupView) => id === MILK)).toMatchObject({
      code: "milk",
      values: [{ code: "whole" }, { code: "oat" }],
    });
  });

  it("a category is made, renamed by who saw it last, and never stands below itself", async () => {
    const id = newId();
    const body = { parentId: BAKERY, code: "breads", name: { en: "Breads" }, position: 3, icon: null };
    expect((await cafe.send("PUT", `/v1/categories/${id}`, body)).json()).toMatchObject({ id, version: 1 });
    const change = (target: string, given: object, version?: number) =>
      cafe.send("PUT", `/v1/categories/${target}`, given, OWNER, version === undefined ? {} : { "if-match": String(version) });
    expect((await change(id, { ...body, name: { en: "Loaves" } }, 1)).json()).toMatchObject({ version: 2, name: { en: "Loaves" } });
    expect((await change(id, body, 1)).json()).toMatchObject({ code: "catalog.changed_meanwhile" });
    expect((await change(newId(), { ...body, parentId: newId() })).json()).toMatchObject({ code: "catalog.category_unknown" });
    expect((await change(newId(), { ...body, code: "coffee" })).json()).toMatchObject({ code: "catalog.code_taken" });
    const drinks = { parentId: COFFEE, code: "drinks", name: { en: "Drinks" }, position: 1, icon: "cup" };
    expect((await change(DRINKS, drinks, 1)).json()).toMatchObject({ code: "catalog.category_circle" });
  });

  it("a group of options is made and changed by who saw it last; every product that asks it follows", async () => {
    const id = newId();
    const value = (code: string, amount: number) => ({
      code,
      name: { en: code },
      priceDifference: { amount, currency: "EUR" },
      variantId: null,
    });
    const body = { code: "syrup", name: { en: "Syrup" }, minimum: 0, maximum: 2, values: [value("vanilla", 40), value("hazelnut", 40)] };
    const change = (given: object, version?: number) =>
      cafe.send("PUT", `/v1/option-groups/${id}`, given, OWNER, version === undefined ? {} : { "if-match": String(version) });
    expect((await change(body)).json()).toMatchObject({ version: 1, products: 0 });
    await fresh({ slug: "syrupy", optionGroupIds: [id] });
    expect((await change({ ...body, values: [value("vanilla", 60)] }, 1)).json()).toMatchObject({ version: 2, products: 1 });
    cafe.refresh();
    expect((await cafe.get("/v1/products/syrupy")).json().optionGroups).toMatchObject([
      { code: "syrup", values: [{ priceDifference: { amount: 60 } }] },
    ]);
    expect((await change(body, 1)).json()).toMatchObject({ code: "catalog.changed_meanwhile" });
    expect((await change({ ...body, minimum: 3 }, 2)).json()).toMatchObject({
      code: "catalog.options_invalid",
      because: "maximum_below_minimum",
    });
    expect((await change({ ...body, values: [value("a", 1), value("a", 2)] }, 2)).json()).toMatchObject({ because: "value_twice" });
    expect((await change({ ...body, values: [{ ...value("a", 1), variantId: newId() }] }, 2)).json()).toMatchObject({
      code: "catalog.variant_unknown",
    });
  });
});
