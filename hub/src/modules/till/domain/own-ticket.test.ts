import { newId, type CartId, type Id, type LineId } from "@weft/kernel";
import type { AnswerOf, CartOperation } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { pricerFor, saleBodyOf, type OwnPrices } from "./index.ts";

const PRODUCTS = 10_000;
const PROMOTIONS = 100;
const id = (noun: number, n: number): string =>
  `01900000-${noun.toString(16).padStart(4, "0")}-7000-8000-${n.toString(16).padStart(12, "0")}`;

it("[TIL-22] with ten thousand products and a hundred promotions a line is added and a sale written within one frame", () => {
  const pricer = pricerFor(catalog(), prices());
  const operations: CartOperation[] = [];
  const cartId = newId<CartId>();
  const times: number[] = [];
  for (let n = 0; n < 60; n++) {
    if (n % 15 === 0) operations.splice(0);
    operations.push({
      id: newId<Id<"operation">>(),
      kind: "add",
      sku: `SKU-${(n * 167) % PRODUCTS}`,
      quantity: 1 + (n % 3),
      options: [],
      lineId: newId<LineId>(),
    });
    const begun = performance.now();
    const priced = pricer({
      cartId,
      base: null,
      operations,
      dining: "take_away",
      customer: null,
      staffId: null,
      at: new Date(),
      newLineId: () => newId<LineId>(),
    });
    const body = saleBodyOf(priced, {
      shiftId: id(1, 1),
      cartId,
      orderId: id(1, 2),
      dining: "take_away",
      customer: null,
      cash: { kind: "cash" },
      version: "1",
    });
    times.push(performance.now() - begun);
    expect(body.lines.length).toBeGreaterThan(0);
  }
  const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
  // Sixteen milliseconds on a machine that has nothing else to do; here others run beside it.
  expect(p95).toBeLessThan(160);
  if (process.env["WEFT_TELL"])
    process.stdout.write(`p95 ${p95.toFixed(1)} ms, median ${times.toSorted((a, b) => a - b)[30]?.toFixed(1)} ms\n`);
});

const category = id(2, 1);
const text = (en: string) => ({ en });

function catalog(): Pick<AnswerOf<"catalog.snapshot">, "version" | "categories" | "products"> {
  const products = Array.from({ length: PRODUCTS }, (_, n) => ({
    id: id(3, n),
    slug: `p${n}`,
    name: text(`Product ${n}`),
    description: text(""),
    categoryId: category,
    pictureUrl: null,
    taxClass: "goods",
    prepSeconds: 0,
    unit: "piece",
    shippable: true,
    optionGroups: [],
    variants: [
      { id: id(4, n), sku: `SKU-${n}`, name: text(""), barcodes: [], availability: { tracked: true, available: 5, soldOut: false } },
    ],
  }));
  return {
    version: "1",
    categories: [{ id: category, parentId: null, code: "all", name: text("All"), position: 0, icon: null }],
    products,
  } as never; // what is asked of a product
}

function prices(): OwnPrices {
  const list = { id: id(5, 1), name: "All", currency: "EUR", taxIncluded: true, priority: 0, scope: {} };
  const promotion = (n: number) => ({
    id: id(6, n),
    version: 1,
    name: text(`Promotion ${n}`),
    benefit: n % 2 === 0 ? { kind: "percentage", rate: { numerator: 1, denominator: 10 } } : { kind: "cheapest_free", of: 3 },
    currency: null,
    goods: { categoryIds: [], productIds: Array.from({ length: 100 }, (_, m) => id(3, n * 100 + m)) },
    scope: {},
    minimum: null,
    minimumPieces: null,
    hours: null,
    firstOrder: false,
    needsCode: false,
    priority: 0,
    exclusive: false,
    isUsedUp: false,
  });
  return {
    version: "1",
    asOf: "2026-03-02T09:00:00.000Z",
    seller: {
      entity: { id: id(7, 1), name: "Shop", vatId: null, country: "FR" },
      place: {
        id: id(8, 1),
        name: "Lyon",
        address: "",
        phone: null,
        currency: "EUR",
        timeZone: "Europe/Paris",
        dayEnd: 0,
        groupIds: [],
        returns: { days: 30, faultyOnly: [] },
      },
      channelId: id(9, 1),
    },
    facts: {
      revision: 1,
      lists: [
        { ...list, prices: Array.from({ length: PRODUCTS }, (_, n) => [id(4, n), 1, 100 + (n % 900), 0, { quantity: 1, unit: "piece" }]) },
      ],
      codes: [],
      promotions: Array.from({ length: PROMOTIONS }, (_, n) => promotion(n)),
      taxRates: [{ id: id(10, 1), zone: { kind: "country", country: "FR" }, taxClass: "goods", numerator: 20, denominator: 100 }],
      roundingPolicies: [],
      deposits: [],
    },
  };
}
