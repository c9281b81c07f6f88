import { ok } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BERLIN, LYON, MANAGER, OWNER, cafeWindow, type CafeWindow } from "../../../test/cafe-window.ts";
import { productId, variantId } from "../../../test/goods-hub.ts";
import { savePictures, upsertProducts } from "./commands/index.ts";
import { BAKERY, newProduct, texts } from "../../../test/cafe-catalog.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
  await cafe.stock(3, LYON, 4);
});
afterAll(() => cafe.close());

describe("sold out", () => {
  const mark = (place: string, body: object, actor = MANAGER, variant: string = variantId(3)) =>
    cafe.send("PUT", `/v1/places/${place}/variants/${variant}/sold-out`, body, actor);

  it("is one act that answers how the goods look now", async () => {
    expect((await mark(LYON, { soldOut: true })).json()).toEqual({
      placeId: LYON,
      tracked: true,
      available: 4,
      soldOut: true,
      inAssortment: true,
    });
    expect((await mark(LYON, { soldOut: false })).json()).toMatchObject({ soldOut: false });
  });

  it("until a time that has passed, of nothing, or at a place out of reach is refused", async () => {
    expect((await mark(LYON, { soldOut: true, until: "2020-01-01T00:00:00Z" })).json()).toMatchObject({
      status: 422,
      code: "catalog.until_past",
    });
    expect((await mark(LYON, { soldOut: true }, OWNER, variantId(99))).json()).toMatchObject({
      status: 404,
      code: "catalog.variant_unknown",
    });
    expect((await mark(productId(1), { soldOut: true }, OWNER)).json()).toMatchObject({ status: 404, code: "catalog.place_unknown" });
    expect((await mark(BERLIN, { soldOut: true })).json()).toMatchObject({ status: 403, code: "catalog.out_of_reach" });
  });
});

it("what was made a moment ago, and is on no node yet, can be marked at once", async () => {
  await cafe.must((ctx) => upsertProducts(ctx, [newProduct(40)]));
  const marked = await cafe.send("PUT", `/v1/places/${LYON}/variants/${variantId(40)}/sold-out`, { soldOut: true });
  expect(marked.json()).toMatchObject({ soldOut: true, tracked: true });
});

describe("the assortment", () => {
  it("[CAT-1] counts what it changed", async () => {
    const change = (body: object, actor = MANAGER) => cafe.send("POST", `/v1/places/${LYON}/assortment`, body, actor);
    expect((await change({ remove: [productId(1), productId(2)] })).json()).toEqual({ added: 0, removed: 2 });
    expect((await change({ add: [productId(1)], remove: [productId(2)] })).json()).toEqual({ added: 1, removed: 0 });
    expect((await change({ add: [productId(99)] })).json()).toMatchObject({ status: 404, code: "catalog.product_unknown" });
  });
});

describe("a product", () => {
  it("that is changed is answered as it is now, before any node has heard of it", async () => {
    const changed = await cafe.send("PATCH", `/v1/products/${productId(1)}`, {
      name: texts("Big", "Grand", "Groß", "Gran"),
      categoryId: BAKERY,
    });
    expect(changed.json()).toMatchObject({
      name: { en: "Big" },
      categoryId: BAKERY,
      active: true,
      optionGroups: [{ code: "milk" }],
      variants: [{ price: { amount: 390 } }],
    });
  });

  it.each([
    ["a word without an end", "w".repeat(200_000)],
    ["more words than a book", "word ".repeat(80_000)],
    ["nothing that is a word", "🙂 ".repeat(10_000)],
  ])("may be called %s", async (_, name) => {
    const changed = await cafe.send("PATCH", `/v1/products/${productId(2)}`, { name: { en: name }, description: { en: name } });
    expect(changed.statusCode).toBe(200);
  });

  it("may be sent in a parcel once somebody says so, which nothing else that is changed takes back", async () => {
    const path = `/v1/products/${productId(3)}`;
    expect((await cafe.send("PATCH", path, { shippable: true })).json()).toMatchObject({ shippable: true });
    expect((await cafe.send("PATCH", path, { active: true })).json()).toMatchObject({ shippable: true, active: true });
    expect((await cafe.send("PATCH", path, { shippable: false })).json()).toMatchObject({ shippable: false });
  });

  it("is changed for the whole chain, so not by whoever reaches one store", async () => {
    expect((await cafe.send("PATCH", `/v1/products/${productId(1)}`, { active: false }, MANAGER)).json()).toMatchObject({
      status: 403,
      code: "catalog.out_of_reach",
    });
  });
});

describe("pictures", () => {
  it("are served for ever under the name of their content, and may run nothing", async () => {
    const [url = ""] = await cafe.must(async (ctx) => ok(await savePictures(ctx, ["<svg xmlns='http://www.w3.org/2000/svg'/>"])));
    const served = await cafe.get(url);
    expect(served.body).toBe("<svg xmlns='http://www.w3.org/2000/svg'/>");
    expect(served.headers).toMatchObject({
      "content-type": "image/svg+xml",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
  });

  it.each(["nothing.svg", `${"0".repeat(32)}.svg`, "..%2f..%2fetc%2fpasswd"])("%s is not found", async (file) => {
    expect((await cafe.get(`/pictures/${file}`)).json()).toMatchObject({ status: 404 });
  });
});
