import { PromotionTerms, type ProductSummaryView, type ProductView, type ShownPromotionView } from "@weft/contracts";
import { asId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BAKERY } from "../../../test/cafe-catalog.ts";
import { cafeWindow, LYON, OWNER, VISITOR, type CafeWindow } from "../../../test/cafe-window.ts";
import { productId, testId, variantId } from "../../../test/goods-hub.ts";
import { createPromotion, setPrices, type PriceListId, type PromotionId } from "../../modules/pricing/index.ts";
import { productHead } from "./structured-data.ts";

let cafe: CafeWindow;
const LIST = testId<PriceListId>("price list", 1);
const euros = (amount: number) => ({ amount, currency: "EUR" });
const price = (amount: number) => ({ amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } });
const setPrice = async (amount: number) =>
  cafe.must((ctx) => setPrices(ctx, [{ listId: LIST, variantId: variantId(3), minQuantity: 1, unitPrice: price(amount) }]));
const ALL_WEEK = [1, 2, 3, 4, 5, 6, 7];

beforeAll(async () => {
  cafe = await cafeWindow();
  await cafe.stock(3, LYON, 4);
  await setPrice(150);
  await setPrice(180);
  const made = [
    {
      name: { en: "Morning croissant" },
      benefit: { kind: "percentage", rate: { numerator: 10, denominator: 100 } },
      goods: { productIds: [productId(3)] },
    },
    { name: { en: "Three pastries" }, benefit: { kind: "cheapest_free", of: 3 }, goods: { categoryIds: [BAKERY] } },
    {
      name: { en: "Any hour" },
      benefit: { kind: "fixed_price", money: euros(300) },
      goods: { productIds: [productId(1)] },
      hours: { weekdays: ALL_WEEK, from: "00:00", to: "00:00" },
    },
    { name: { en: "Five off" }, benefit: { kind: "amount", money: euros(500), per: "cart" }, minimum: euros(4000) },
    { name: { en: "For the few" }, benefit: { kind: "percentage", rate: { numerator: 50, denominator: 100 } }, needsCode: true },
  ];
  for (const [n, terms] of made.entries())
    await cafe.must((ctx) => createPromotion(ctx, asId<PromotionId>(testId("promotion", n)), PromotionTerms.parse(terms)));
  cafe.refresh();
});
afterAll(() => cafe.close());

type Page = { items: ProductSummaryView[] };
const list = async (query = ""): Promise<Page> => (await cafe.get(`/v1/products?storeId=${LYON}${query}`, VISITOR)).json();
const inList = async (sku: string) => (await list()).items.find((one) => one.defaultSku === sku);

describe("[PRC-19] promotions where goods are looked at", () => {
  it("a list says what one costs less by itself, and the first things that would make it cost less", async () => {
    expect(await inList("PAS-CRO")).toMatchObject({
      price: { amount: 180 },
      reduced: {
        price: price(162),
        names: [{ en: "Morning croissant" }],
        steps: [{ kind: "percentage" }],
        until: null,
        lowest: price(150),
      },
      promotions: [{ name: { en: "Three pastries" }, benefit: { kind: "cheapest_free", of: 3 }, goods: [{ en: "Bakery" }] }],
    });
    expect(await inList("BEA-250")).toMatchObject({ reduced: null, promotions: [] });
  });

  it("a product says the same of each variant, also to the till and in the office", async () => {
    const product: ProductView = (await cafe.get(`/v1/products/${productId(3)}?storeId=${LYON}`, VISITOR)).json();
    expect(product.variants[0]?.reduced).toMatchObject({ price: price(162), lowest: price(150) });
    expect(product.promotions.map(({ name }) => name.en)).toEqual(["Three pastries"]);
    const catalog: { products: ProductView[] } = (await cafe.get(`/v1/catalog?placeId=${LYON}`, OWNER)).json();
    expect(catalog.products.find(({ id }) => id === productId(3))?.variants[0]?.reduced).toEqual(product.variants[0]?.reduced);
  });

  it("an hour on the wall clock of the store ends with it", async () => {
    const reduced = (await inList("SKU-1"))?.reduced;
    expect(reduced).toMatchObject({ price: price(300), names: [{ en: "Any hour" }], lowest: price(390) });
    expect(new Date(reduced?.until ?? 0).getTime()).toBeGreaterThan(Date.now());
  });

  it("what may be told of a store is told at once, but nothing behind a code", async () => {
    const { items }: { items: ShownPromotionView[] } = (await cafe.get(`/v1/shown-promotions?storeId=${LYON}`, VISITOR)).json();
    expect(items.map(({ name }) => name.en)).toEqual(["Morning croissant", "Three pastries", "Any hour", "Five off"]);
    expect(items[3]).toMatchObject({ goods: [], minimum: euros(4000), membersOnly: false, hours: null });
  });

  it("a price filter goes by what is paid", async () => {
    const { items } = await list("&priceTo=170");
    expect(items.map(({ defaultSku }) => defaultSku)).toEqual(["PAS-CRO"]);
  });
});

describe("[PRC-19] promotions in other people's shop windows", () => {
  it("the feed of products has the price before, the price now, and its time where it has two ends", async () => {
    const { body } = await cafe.get("/v1/feeds/shop/products.xml");
    expect(body).toMatch(/<g:id>PAS-CRO<\/g:id>[^]*?<g:price>1\.80 EUR<\/g:price>\n<g:sale_price>1\.62 EUR<\/g:sale_price>\n<g:condition>/);
    expect(body).toMatch(/<g:sale_price>3\.00 EUR<\/g:sale_price>\n<g:sale_price_effective_date>20\S{14}\+0000\/20\S{14}\+0000</);
  });

  it("the feed of stores says it of each store", async () => {
    const { body } = await cafe.get("/v1/feeds/shop/local-inventory.tsv");
    const line = body.split("\n").find((one) => one.startsWith("lyon\tPAS-CRO"));
    expect(line?.split("\t").slice(2, 6)).toEqual(["4", "1.80 EUR", "1.62 EUR", ""]);
  });

  it("the page of a product offers it at the price now, with the price before struck through", async () => {
    await cafe.rows("update channels.channel set app = 'shop' where code = 'shop'");
    cafe.refresh();
    const html = await productHead(
      { ...cafe.around, db: cafe.db, now: new Date() },
      { slug: "product-3", locale: "en", publicUrl: "https://shop.example.com", brand: "Cafe" },
    );
    const [, data = "null"] = /<script type="application\/ld\+json">(.*)<\/script>/s.exec(html ?? "") ?? [];
    expect(JSON.parse(data)).toMatchObject({
      offers: { price: "1.62", priceSpecification: { priceType: "https://schema.org/StrikethroughPrice", price: "1.80" } },
    });
  });
});
