import { ok, type EntityId, type OrderId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testId, variantId, productId } from "../../../test/goods-hub.ts";
import { LYON, MUG, saleHub, WEB, type SaleHub } from "../../../test/sale-hub.ts";
import { listOrders } from "../orders/index.ts";
import { importOrders, type ImportedLine, type ImportedOrder } from "./index.ts";

let hub: SaleHub;
let buyer: RecordId;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(MUG, LYON, 5);
  buyer = (await hub.customer()).customer.recordId;
  await hub.published();
});
afterAll(() => hub.close());

const line = (quantity: number, amount: number, given: Partial<ImportedLine> = {}): ImportedLine => ({
  sku: `SKU-${MUG}`,
  variantId: variantId(MUG),
  productId: productId(MUG),
  name: { en: "Mug" },
  options: [],
  quantity,
  returned: 0,
  unitPrice: { amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" } },
  taxClass: "goods",
  taxRate: { numerator: 20, denominator: 100 },
  ...given,
});

const order = (number: number, lines: readonly ImportedLine[], given: Partial<ImportedOrder> = {}): ImportedOrder => ({
  id: testId<OrderId>("order", number),
  externalId: `old-${number}`,
  recordId: buyer,
  entityId: testId<EntityId>("entity", 1),
  placeId: LYON,
  channelId: WEB,
  businessDate: "2024-05-01",
  timeZone: "Europe/Paris",
  placedAt: new Date("2024-05-01T10:00:00Z"),
  currency: "EUR",
  lines,
  sourceTotal: null,
  refunded: 0,
  ...given,
});

const read = (orders: readonly ImportedOrder[]) => hub.must(async (ctx) => ok(await importOrders(ctx, orders)));

it("[CHK-10] an imported order is history: paid and handed over, and no stock, points, fulfillment or fact comes of it", async () => {
  expect(await read([order(1, [line(2, 1200), line(1, 501, { taxRate: null })], { sourceTotal: 2900 })])).toBe(1);
  expect(
    await hub.rows(
      "select mode, cart_id, external_id, total, tax, paid, source_total, state, payment_state, fulfillment_state, units_ordered from orders.orders",
    ),
  ).toEqual([
    {
      mode: "imported",
      cart_id: null,
      external_id: "old-1",
      total: 2901,
      tax: 400,
      paid: 2901,
      source_total: 2900,
      state: "closed",
      payment_state: "paid",
      fulfillment_state: "fulfilled",
      units_ordered: 3,
    },
  ]);
  expect(await hub.rows("select kind, amount from payments.tender")).toEqual([{ kind: "imported", amount: 2901 }]);
  expect(await hub.level(MUG)).toEqual({ on_hand: 5, allocated: 0, held: 0 });
  expect(await hub.rows("select 1 from fulfillment.fulfillment union all select 1 from ledger.txn")).toEqual([]);
  expect(await hub.published()).toEqual([]);
  expect(await hub.broken()).toEqual([]);
});

it("[ORD-1] an order is one per channel and external id: read again it stays as it was, and what is new beside it is written", async () => {
  expect(await read([order(2, [line(1, 100)]), order(3, [line(1, 200)])])).toBe(2);
  const again = [order(12, [line(9, 999)], { externalId: "old-2" }), order(4, [line(1, 300)])];
  expect(await read(again)).toBe(1);
  expect(await hub.rows("select external_id, total from orders.orders where external_id <> 'old-1' order by 1")).toEqual([
    { external_id: "old-2", total: 100 },
    { external_id: "old-3", total: 200 },
    { external_id: "old-4", total: 300 },
  ]);
  expect(await hub.rows("select 1 from payments.tender where amount in (100, 200, 300)")).toHaveLength(3);
  expect(await hub.broken()).toEqual([]);
});

it("[ORD-4] a unit price of a tenth of a cent is kept as it is, and only its line is rounded", async () => {
  const fine = { amount: 1, scale: 1, currency: "EUR", per: { quantity: 1, unit: "piece" } } as const;
  await read([order(5, [line(15, 0, { unitPrice: fine, variantId: null, productId: null, sku: "old goods" })])]);
  expect(
    await hub.rows(
      "select l.unit_price, l.total, l.variant_id from orders.order_line l join orders.orders o on o.id = l.order_id where o.external_id = 'old-5'",
    ),
  ).toEqual([{ unit_price: fine, total: 2, variant_id: null }]);
  expect(await hub.broken()).toEqual([]);
});

it("[ORD-1] something given for nothing is an order without a tender", async () => {
  await read([order(6, [line(1, 0)])]);
  expect(await hub.rows("select payment_state, state from orders.orders where external_id = 'old-6'")).toEqual([
    { payment_state: "paid", state: "closed" },
  ]);
  expect(await hub.rows("select 1 from payments.tender where order_id = $1", [testId("order", 6)])).toEqual([]);
  expect(await hub.broken()).toEqual([]);
});

it("[ORD-1] an imported order is found by what its source called it, or the beginning of that, in any case of letters", async () => {
  await read([order(70, [line(1, 100)], { externalId: "A536365" }), order(71, [line(1, 100)], { externalId: "A536366" })]);
  const find = async (typed: string) => {
    const filter = {
      recordIds: null,
      placeIds: null,
      channelIds: null,
      companyId: null,
      state: null,
      from: null,
      to: null,
      before: null,
      limit: 10,
    };
    const found = await listOrders({ db: hub.db }, { ...filter, number: `W-${typed}`, sourceNumber: typed });
    return found.map(({ external_id: externalId }) => externalId);
  };
  expect(await find("A536365")).toEqual(["A536365"]);
  expect(new Set(await find("a5363"))).toEqual(new Set(["A536365", "A536366"]));
  expect(await find("536365")).toEqual([]);
});
