import type { CategoryId, ChannelId, Id, LineId, PlaceId, VariantId } from "@weft/kernel";
import {
  compileSnapshot,
  priceCart,
  type CartContext,
  type CartLine,
  type GoodsFilter,
  type PriceListId,
  type Promotion,
  type PromotionBenefit,
  type PromotionId,
  type TaxRateId,
} from "../../hub/src/modules/pricing/domain/index.ts";
import { percentiles } from "../lib/load.ts";
import { figure, type Bench, type BenchOptions, type Figure } from "../lib/report.ts";

const LINES = 200;
const PRODUCTS = 10_000;
const PROMOTIONS = 100;
const CATEGORIES = 20;

/** An id by its kind and number. */
const idOf = <T extends Id<string>>(kind: number, number: number): T =>
  `01900000-${kind.toString(16).padStart(4, "0")}-7000-8000-${number.toString(16).padStart(12, "0")}` as T; // made here

const VARIANTS = Array.from({ length: PRODUCTS }, (_, n) => idOf<VariantId>(1, n));
const categoryOf = (n: number): CategoryId => idOf(2, n % CATEGORIES);
const STORE = idOf<PlaceId>(3, 1);
const LIST = idOf<PriceListId>(4, 1);
const euros = (amount: number) => ({ amount, currency: "EUR" });
const of = (...categories: readonly number[]): GoodsFilter => ({ categoryIds: categories.map(categoryOf), productIds: [] });

export const pricing: Bench = {
  name: "pricing",
  about:
    "the engine alone: a cart of 200 lines with 100 active promotions of all kinds, with one of them, and with none; no hub, no database",
  async run(options) {
    return [
      ...timed("cart_200_lines_100_promotions", PROMOTIONS, LINES, options),
      ...timed("cart_200_lines_1_promotion", 1, LINES, options),
      ...timed("cart_200_lines", 0, LINES, options),
      ...timed("cart_3_lines_100_promotions", PROMOTIONS, 3, options),
    ];
  },
};

/** Every cart is another one, of goods from all categories; what it came to is read, so that nothing is left out. */
function timed(name: string, promotions: number, lines: number, { seconds, warmUp }: BenchOptions): Figure[] {
  const snapshot = compileSnapshot({
    revision: 1,
    lists: [{ id: LIST, name: "Bench", currency: "EUR", taxIncluded: true, priority: 0, scope: {} }],
    prices: VARIANTS.map((variantId, n) => ({
      listId: LIST,
      variantId,
      minQuantity: 1,
      unitPrice: { amount: 100 + (n % 1900), scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" } },
    })),
    taxRates: [{ id: idOf<TaxRateId>(5, 1), zone: { kind: "country", country: "FR" }, taxClass: "food", numerator: 55, denominator: 1000 }],
    codes: [],
    promotions: Array.from({ length: promotions }, (_, n) => promotion(n)),
    roundingPolicies: new Map(),
  });
  const times: number[] = [];
  let discounted = 0;
  const began = performance.now();
  for (let n = 0, now = began; now < began + (warmUp / 5 + seconds / 2) * 1000; n++) {
    const cart = linesOf(n, lines);
    const before = performance.now();
    const { totals } = priceCart(snapshot, { context: CONTEXT, lines: cart, codes: [] });
    now = performance.now();
    if (totals.total < 0) throw new Error("a cart costs less than nothing");
    if (totals.discount > 0) discounted++;
    if (now > began + (warmUp / 5) * 1000) times.push(now - before);
  }
  if (promotions > 1 && discounted === 0) throw new Error("no promotion served any cart");
  const { p50, p95, p99 } = percentiles(times);
  return [figure(`${name}_p50_ms`, p50, "ms", times.length), figure(`${name}_p95_ms`, p95, "ms"), figure(`${name}_p99_ms`, p99, "ms")];
}

const linesOf = (cart: number, lines: number): CartLine[] =>
  Array.from({ length: lines }, (_, n) => {
    const product = (cart * 7919 + n * 37) % PRODUCTS;
    const variantId = VARIANTS[product] ?? idOf<VariantId>(1, 0);
    return { lineId: idOf<LineId>(6, n), variantId, quantity: 1 + (n % 3), taxClass: "food", categoryIds: [categoryOf(product)] };
  });

/** Six of ten look at single lines, four at sets of goods; each of its own categories, some only from a sum on or at an hour. */
function promotion(n: number): Promotion {
  const goods = of(n, n + 7);
  const benefit = BENEFITS[n % BENEFITS.length]?.(n);
  if (!benefit) throw new Error("there is a benefit for each");
  return {
    id: idOf<PromotionId>(7, n),
    version: 1,
    name: { en: `Promotion ${n}` },
    benefit,
    currency: "EUR",
    goods,
    scope: n % 4 === 0 ? { placeIds: [STORE] } : {},
    minimum: n % 5 === 0 ? euros(2000) : null,
    minimumPieces: n % 7 === 0 ? 3 : null,
    hours: n % 9 === 0 ? { weekdays: [1, 2, 3, 4, 5], from: 9 * 60, to: 18 * 60 } : null,
    firstOrder: false,
    needsCode: false,
    priority: n % 3,
    exclusive: n % 25 === 0,
    isUsedUp: false,
  };
}

const BENEFITS: readonly ((n: number) => PromotionBenefit)[] = [
  (n) => ({ kind: "percentage", rate: { numerator: 5 + (n % 20), denominator: 100 } }),
  (n) => ({ kind: "amount", money: euros(10 + n), per: "piece" }),
  (n) => ({ kind: "buy_get", buy: 2 + (n % 2), get: 1, getGoods: null, rate: { numerator: 1, denominator: 2 } }),
  (n) => ({ kind: "fixed_price", money: euros(150 + n) }),
  (n) => ({ kind: "cheapest_free", of: 3 + (n % 3) }),
  (n) => ({ kind: "percentage", rate: { numerator: 3 + (n % 5), denominator: 100 } }),
  (n) => ({
    kind: "bundle",
    parts: [
      { goods: of(n), pieces: 1 },
      { goods: of(n + 3), pieces: 1 },
    ],
    price: euros(900),
  }),
  (n) => ({ kind: "amount", money: euros(100 + n), per: "cart" }),
  (n) => ({ kind: "buy_get", buy: 1, get: 1, getGoods: of(n + 1), rate: { numerator: 1, denominator: 4 } }),
  (n) => ({ kind: "percentage", rate: { numerator: 2 + (n % 3), denominator: 100 } }),
];

/** A Monday morning in the store. */
const CONTEXT: CartContext = {
  at: new Date("2026-03-02T09:30:00Z"),
  currency: "EUR",
  channelId: idOf<ChannelId>(8, 1),
  placeId: STORE,
  groupIds: [],
  customerGroups: [],
  country: "FR",
  timeZone: "Europe/Paris",
  taxContext: "take_away",
};
