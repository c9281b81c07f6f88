import type { ProductFacetsView, ProductSummaryView } from "@weft/contracts";
import { newId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BAKERY, COFFEE, newProduct, texts } from "../../../test/cafe-catalog.ts";
import { cafeWindow, LYON, VISITOR, WEB, type CafeWindow } from "../../../test/cafe-window.ts";
import { productId, testId, variantId } from "../../../test/goods-hub.ts";
import { upsertProducts } from "../../modules/catalog/index.ts";
import { setPrices, type PriceListId } from "../../modules/pricing/index.ts";
import type { Actor } from "../../platform/index.ts";

type Page = { items: ProductSummaryView[]; nextCursor: string | null; facets?: ProductFacetsView };

let cafe: CafeWindow;
const MANY = 70;

beforeAll(async () => {
  cafe = await cafeWindow();
  const vases = Array.from({ length: MANY }, (_, n) =>
    newProduct(100 + n, {
      name: texts(`Vase ${n}`, "", "", ""),
      popularity: 1000 - n,
      categoryId: n % 2 === 0 ? COFFEE : BAKERY,
      allergens: n % 10 === 0 ? ["nuts"] : [],
    }),
  );
  await cafe.must((ctx) => upsertProducts(ctx, vases));
  const unit = { scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } };
  const listId = testId<PriceListId>("price list", 1);
  await cafe.must((ctx) =>
    setPrices(
      ctx,
      vases.map((_, n) => ({ listId, variantId: variantId(100 + n), minQuantity: 1, unitPrice: { ...unit, amount: 100 * (n + 1) } })),
    ),
  );
  // Every third vase is there.
  for (let n = 0; n < MANY; n += 3) await cafe.stock(100 + n, LYON, 1);
  cafe.refresh();
}, 60_000);
afterAll(() => cafe.close());

const list = async (query: string, actor: Actor = VISITOR): Promise<Page> => (await cafe.get(`/v1/products?${query}`, actor)).json();
const numbers = ({ items }: Page): number[] => items.map(({ name }) => Number(name.en.split(" ")[1]));

describe("[CAT-14] what a text found", () => {
  it("has what is not there now last, among what is there the more popular first", async () => {
    const found = numbers(await list(`query=vase&storeId=${LYON}&limit=60`));
    const there = found.filter((n) => n % 3 === 0);
    expect(found.slice(0, there.length)).toEqual(there);
    expect(there).toEqual(there.toSorted((a, b) => a - b));
    expect(found.slice(there.length)).toEqual(found.slice(there.length).toSorted((a, b) => a - b));
  });

  it("comes in pages over more than one block, each product once, however long a page is", async () => {
    for (const limit of [7, 45, 60, 61, 200]) {
      const seen: number[] = [];
      for (let cursor: string | null = ""; cursor !== null;) {
        const page: Page = await list(`query=vase&storeId=${LYON}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...numbers(page));
        cursor = page.nextCursor;
      }
      expect([limit, seen.length, new Set(seen).size]).toEqual([limit, MANY, MANY]);
    }
  });

  it("has first what the customer bought before, but not of who does not want to be known by it", async () => {
    const [known, shy] = [testId<RecordId>("record", 11), testId<RecordId>("record", 12)];
    await cafe.rows("insert into customers.source_record (id, channel_id, known_at) values ($1, $2, now())", [shy, WEB]);
    await cafe.rows("insert into customers.objection (record_id, kind, at) values ($1, 'profiling', now())", [shy]);
    for (const recordId of [known, shy]) await bought(recordId, 33);
    const as = (recordId: RecordId): Actor => ({ ...VISITOR, kind: "customer", customer: { recordId, sessionId: "s" } });
    const first = async (actor: Actor) => numbers(await list(`query=vase&storeId=${LYON}&limit=3`, actor));
    expect(await first(VISITOR)).toEqual([0, 3, 6]);
    expect(await first(as(known))).toEqual([33, 0, 3]);
    expect(await first(as(shy))).toEqual([0, 3, 6]);
  });
});

describe("[CAT-13] facets", () => {
  it("count what was found, and narrowing gives what they counted", async () => {
    const { facets } = await list(`query=vase&storeId=${LYON}&facets=true`);
    const there = Math.ceil(MANY / 3);
    expect(facets).toMatchObject({ found: MANY, isPartial: false, inStock: there, without: [{ allergen: "nuts", count: MANY - 7 }] });
    expect(facets?.categories.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      [COFFEE, BAKERY].toSorted().map((id) => ({ id, count: MANY / 2 })),
    );
    for (const [narrowing, count] of [
      ["inStock=true", there],
      [`categoryId=${COFFEE}`, MANY / 2],
      ["without=nuts", MANY - 7],
      ...(facets?.prices ?? []).map((band) => [`priceFrom=${band.from}${band.to === null ? "" : `&priceTo=${band.to}`}`, band.count]),
    ])
      expect([narrowing, (await list(`query=vase&storeId=${LYON}&limit=100&${narrowing}`)).items.length]).toEqual([narrowing, count]);
    expect(facets?.prices.length).toBeGreaterThan(1);
  });

  it("narrow the menu too, in its order and in pages", async () => {
    const narrowed = `storeId=${LYON}&categoryId=${COFFEE}&inStock=true&priceTo=3000`;
    const whole = numbers(await list(`${narrowed}&limit=100`)).filter((n) => !Number.isNaN(n));
    expect(whole).toEqual([0, 6, 12, 18, 24]);
    const paged: number[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page: Page = await list(`${narrowed}&limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...numbers(page));
      cursor = page.nextCursor;
    }
    expect(paged.filter((n) => !Number.isNaN(n))).toEqual(whole);
  });

  it("refuse what is no price or option", async () => {
    for (const query of ["priceFrom=-1", "priceTo=x", "option=milk", "facets=maybe"])
      expect((await cafe.get(`/v1/products?${query}`)).statusCode).toBe(422);
  });
});

/** An order of one vase in the book, as history that another system gave. */
async function bought(recordId: RecordId, n: number): Promise<void> {
  const [orderId, lineId] = [newId(), newId()];
  await cafe.rows(
    `insert into orders.orders (id, number, mode, external_id, record_id, entity_id, channel_id, business_date, time_zone, placed_at, currency, subtotal, discount, tax,
       tax_included, total, taxes, units_ordered) values ($1, $2, 'imported', $2, $3, $4, $4, '2026-01-01', 'Europe/Paris', now(), 'EUR', 1, 0, 0, true, 1, '[]', 1)`,
    [orderId, orderId, recordId, WEB],
  );
  await cafe.rows(
    `insert into orders.order_line (id, order_id, position, product_id, sku, name, unit_price, ordered, subtotal, discount, net, tax, total, tax_rate)
     values ($1, $2, 0, $3, 'V', '{"en": "Vase"}', '{}', 1, 1, 0, 1, 0, 1, '{}')`,
    [lineId, orderId, productId(100 + n)],
  );
}
