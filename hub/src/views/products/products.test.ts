import pg from "pg";
import type { ProductSummaryView, ProductView } from "@weft/contracts";
import type { RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { BERLIN, LYON, OWNER, VISITOR, cafeWindow, type CafeWindow } from "../../../test/cafe-window.ts";
import { productId, testId, variantId } from "../../../test/goods-hub.ts";
import { BAKERY, DRINKS } from "../../../test/cafe-catalog.ts";
import { savePriceLists, setPrices, type PriceListId } from "../../modules/pricing/index.ts";
import type { Actor } from "../../platform/index.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
  await cafe.stock(3, LYON, 4);
  await cafe.stock(4, LYON, 2);
  await cafe.stock(51, LYON, 7);
  await cafe.send("POST", `/v1/places/${LYON}/assortment`, { remove: [productId(8)] });
  await cafe.send("PUT", `/v1/places/${LYON}/variants/${variantId(6)}/sold-out`, { soldOut: true });
  cafe.refresh();
});
afterAll(() => cafe.close());

type Page = { items: ProductSummaryView[]; nextCursor: string | null };
const list = async (query: string, headers = {}): Promise<Page> => (await cafe.get(`/v1/products?${query}`, VISITOR, headers)).json();
const skus = async (query: string, headers = {}) => (await list(query, headers)).items.map(({ defaultSku }) => defaultSku);
const one = async (key: string, query = ""): Promise<ProductView> => (await cafe.get(`/v1/products/${key}?${query}`)).json();

describe("a list of products", () => {
  it("follows the menu, with price, picture and stock of the store", async () => {
    const { items } = await list(`storeId=${LYON}`);
    expect(items.map(({ defaultSku }) => defaultSku)).toEqual(["PAS-CRO", "SKU-4", "SKU-6", "SKU-7", "SKU-1", "SKU-2", "BEA-1K"]);
    expect(items[0]).toMatchObject({
      id: productId(3),
      slug: "product-3",
      hasOptions: false,
      priceVaries: false,
      price: {
        amount: 180,
        scale: 0,
        currency: "EUR",
        per: {
          quantity: 1,
          unit: "piece",
        },
      },
      availability: {
        placeId: LYON,
        tracked: true,
        available: 4,
        soldOut: false,
        inAssortment: true,
      },
    });
  });

  it("shows what is made to order without a number, what is marked as sold out, and what nobody priced without a price", async () => {
    const bySku = new Map((await list(`storeId=${LYON}`)).items.map((item) => [item.defaultSku, item]));
    expect(bySku.get("SKU-1")?.availability).toEqual({
      placeId: LYON,
      tracked: false,
      available: null,
      soldOut: false,
      inAssortment: true,
    });
    expect(bySku.get("SKU-6")?.availability).toMatchObject({ soldOut: true, available: 0 });
    expect(bySku.get("SKU-7")).toMatchObject({ price: null, availability: { available: 0 } });
  });

  it("stands for the first variant that is there, and says when another costs otherwise", async () => {
    const beans = (await list(`storeId=${LYON}&query=beans`)).items[0];
    expect(beans).toMatchObject({ defaultSku: "BEA-1K", priceVaries: true, price: { amount: 2900 }, availability: { available: 7 } });
    expect((await list(`storeId=${BERLIN}&query=beans`)).items[0]).toMatchObject({ defaultSku: "BEA-250", availability: { available: 0 } });
  });

  it("without a store shows everything and no stock", async () => {
    const { items } = await list("");
    expect(items).toHaveLength(8);
    expect(items[0]?.availability).toEqual({ placeId: null, tracked: true, available: null, soldOut: false, inAssortment: true });
  });

  it("of a category holds those below it too", async () => {
    expect(await skus(`categoryId=${BAKERY}`)).toEqual(["PAS-CRO", "SKU-4", "SKU-8"]);
    expect(await skus(`categoryId=${DRINKS}&storeId=${BERLIN}`)).toHaveLength(5);
    expect(await skus(`categoryId=${productId(1)}`)).toEqual([]);
  });

  it.each(["", `storeId=${LYON}`, `categoryId=${DRINKS}`, "query=c"])("comes in pages without a gap or a repetition: %s", async (query) => {
    const paged: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page: Page = await list(`${query}&limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual((await list(query)).items.map(({ id }) => id));
    expect(new Set(paged).size).toBe(paged.length);
  });

  it("[CAT-4] is searched in the reader's language", async () => {
    expect(await skus("query=hausbohne", { "accept-language": "de" })).toEqual(["BEA-250"]);
    expect(await skus(`query=croisant&storeId=${LYON}`, { "accept-language": "fr" })).toEqual(["PAS-CRO"]);
  });

  it("finds a barcode or a SKU, typed, scanned or named, and shows that very variant", async () => {
    for (const query of ["barcode=4006381333931", "barcode=0036000291452", "sku=BEA-250", "query=4006381333931", "query=bea-250"])
      expect(await skus(`${query}&storeId=${LYON}`)).toEqual(["BEA-250"]);
    for (const query of ["barcode=4006381333932", "barcode=96385074", "sku=NONE"]) expect(await skus(query)).toEqual([]);
  });

  it("refuses a store that does not exist and a cursor that it has not given", async () => {
    expect((await cafe.get(`/v1/products?storeId=${productId(1)}`)).json()).toMatchObject({ status: 404, code: "products.unknown_store" });
    expect((await cafe.get("/v1/products?cursor=nonsense")).statusCode).toBe(422);
    const search = (await list("query=c&limit=1")).nextCursor;
    expect((await cafe.get(`/v1/products?cursor=${search}`)).statusCode).toBeLessThan(500);
  });
});

describe("one product", () => {
  it("is read by id or slug, with variants, options and what ran out of them", async () => {
    const byId = await one(productId(1), `storeId=${LYON}`);
    expect(await one("product-1", `storeId=${LYON}`)).toEqual(byId);
    expect(byId).toMatchObject({
      taxClass: "hot_drink",
      prepSeconds: 50,
      active: true,
      variants: [{ sku: "SKU-1", price: { amount: 390 } }],
    });
    expect(byId.optionGroups[0]?.values.map(({ code, soldOut }) => [code, soldOut])).toEqual([
      ["whole", false],
      ["oat", true],
    ]);
    expect((await one("product-1")).optionGroups[0]?.values.some(({ soldOut }) => soldOut)).toBe(false);
  });

  it("that the store does not sell says so", async () => {
    expect((await one("product-8", `storeId=${LYON}`)).variants[0]?.availability).toMatchObject({ inAssortment: false });
  });

  it("that was taken off is shown to staff only", async () => {
    await cafe.send("PATCH", `/v1/products/${productId(4)}`, { active: false });
    cafe.refresh();
    expect((await cafe.get("/v1/products/product-4")).statusCode).toBe(404);
    expect((await cafe.get("/v1/products/product-4", OWNER)).json()).toMatchObject({ active: false });
    await cafe.send("PATCH", `/v1/products/${productId(4)}`, { active: true });
    cafe.refresh();
  });

  it("costs a member what the members' list says, by any of their records", async () => {
    const [record, other] = [testId<RecordId>("record", 1), testId<RecordId>("record", 2)];
    const list = testId<PriceListId>("price list", 2);
    const scope = { customerGroups: ["member"] };
    await cafe.must((ctx) => savePriceLists(ctx, [{ id: list, name: "Members", currency: "EUR", taxIncluded: true, priority: 0, scope }]));
    const unitPrice = { amount: 320, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } };
    await cafe.must((ctx) => setPrices(ctx, [{ listId: list, variantId: variantId(1), minQuantity: 1, unitPrice }]));
    await cafe.rows("insert into pricing.customer_group (record_id, customer_group) values ($1, 'member')", [record]);
    cafe.refresh();
    const priceFor = async (actor: Actor) => (await cafe.get("/v1/products/product-1", actor)).json().variants[0].price.amount;
    const signedIn = (recordId: RecordId): Actor => ({ ...VISITOR, kind: "customer", customer: { recordId, sessionId: "s" } });
    expect([await priceFor(VISITOR), await priceFor(signedIn(record)), await priceFor(signedIn(other))]).toEqual([390, 320, 390]);
  });

  it("that nobody made is not found", async () => {
    for (const key of ["nothing", productId(99)])
      expect((await cafe.get(`/v1/products/${key}`)).json()).toMatchObject({ status: 404, code: "products.unknown" });
  });
});

describe("the rest of the window", () => {
  it("categories come parents first", async () => {
    expect((await cafe.get("/v1/categories")).json().items.map(({ code }: { code: string }) => code)).toEqual([
      "bakery",
      "drinks",
      "coffee",
    ]);
  });

  it("a till's copy holds what its place sells, and its version changes with catalog and prices only", async () => {
    const copy = async () => (await cafe.get(`/v1/catalog?placeId=${LYON}`, OWNER)).json();
    const before = await copy();
    expect(before.products).toHaveLength(7);
    await cafe.send("PUT", `/v1/places/${LYON}/variants/${variantId(2)}/sold-out`, { soldOut: true });
    const after = await copy();
    expect(after.version).toBe(before.version);
    expect(after.products.find(({ slug }: ProductView) => slug === "product-2").variants[0].availability.soldOut).toBe(true);
    await cafe.send("PATCH", `/v1/products/${productId(2)}`, { active: false });
    cafe.refresh();
    expect((await copy()).version).not.toBe(before.version);
    await cafe.send("PATCH", `/v1/products/${productId(2)}`, { active: true });
    await cafe.send("PUT", `/v1/places/${LYON}/variants/${variantId(2)}/sold-out`, { soldOut: false });
    cafe.refresh();
  });

  it("the office sees what was taken off, and can ask for what is sold out", async () => {
    const office = async (query: string) =>
      ((await cafe.get(`/v1/office/products?${query}`, OWNER)).json().items as ProductView[]).map(({ slug, active }) => [slug, active]);
    await cafe.send("PATCH", `/v1/products/${productId(7)}`, { active: false });
    cafe.refresh();
    expect((await office("limit=100")).at(-1)).toEqual(["product-7", false]);
    expect(await office(`soldOut=true&placeId=${LYON}`)).toEqual([["product-6", true]]);
    expect(await office(`soldOut=true&placeId=${BERLIN}`)).toEqual([]);
    expect(await office(`soldOut=false&placeId=${LYON}`)).toHaveLength(7);
    expect(await office("query=oat")).toEqual([["product-6", true]]);
    await cafe.send("PATCH", `/v1/products/${productId(7)}`, { active: true });
    cafe.refresh();
  });

  it("a list costs one statement, a search two, and one without a store none but the search", async () => {
    expect(await statementsOf(`storeId=${LYON}&limit=20`)).toBe(1);
    expect(await statementsOf(`storeId=${LYON}&query=kaffee`)).toBe(2);
    expect(await statementsOf("")).toBe(0);
    expect(await statementsOf("query=kaffee")).toBe(1);
  });
});

async function statementsOf(query: string): Promise<number> {
  await list(query); // snapshots are loaded by whoever comes first
  const asked = vi.spyOn(pg.Client.prototype, "query");
  await list(query);
  const statements = asked.mock.calls.length;
  asked.mockRestore();
  return statements;
}
