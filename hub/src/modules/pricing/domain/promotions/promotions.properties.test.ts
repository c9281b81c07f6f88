import type { CategoryId } from "@weft/kernel";
import fc from "fast-check";
import { expect, it } from "vitest";
import { cartContext, cartLine, facts, pieces, price, priceList, promotion, taxRate, testId, discountCode } from "../../test-data.ts";
import type { VariantId } from "@weft/kernel";
import { type CartLine, type PricedCart, type Promotion, compileSnapshot, MOST_SETS, priceCart, refundFor } from "../index.ts";

const CATEGORIES = [1, 2, 3].map((number) => testId<CategoryId>("category", number));
const VARIANTS = [1, 2, 3, 4, 5].map((number) => testId<VariantId>("variant", number));
const euros = (amount: number) => ({ amount, currency: "EUR" });

const filter = fc.subarray(CATEGORIES).map((categoryIds) => ({ categoryIds, productIds: [] }));
const rate = fc.record({ numerator: fc.integer({ min: 1, max: 100 }), denominator: fc.constant(100) });
const money = fc.integer({ min: 1, max: 3000 }).map(euros);
const onLines = fc.oneof(
  rate.map((given) => ({ kind: "percentage" as const, rate: given })),
  fc.record({ kind: fc.constant("amount" as const), money, per: fc.constantFrom("piece" as const, "cart" as const) }),
  fc.record({ kind: fc.constant("fixed_price" as const), money }),
);
const overSets = fc.oneof(
  fc.record({
    kind: fc.constant("buy_get" as const),
    buy: fc.integer({ min: 1, max: 3 }),
    get: fc.integer({ min: 1, max: 2 }),
    getGoods: fc.option(filter),
    rate,
  }),
  fc.record({ kind: fc.constant("cheapest_free" as const), of: fc.integer({ min: 2, max: 4 }) }),
  fc.record({
    kind: fc.constant("bundle" as const),
    price: money,
    parts: fc.array(fc.record({ goods: filter, pieces: fc.integer({ min: 1, max: 2 }) }), { minLength: 1, maxLength: 3 }),
  }),
);
const terms = {
  goods: filter,
  minimum: fc.option(money),
  minimumPieces: fc.option(fc.integer({ min: 1, max: 6 })),
  priority: fc.integer({ min: 0, max: 2 }),
  exclusive: fc.boolean(),
};
const anyPromotions = fc
  .tuple(
    fc.array(fc.record({ benefit: onLines, ...terms }), { maxLength: 6 }),
    fc.array(fc.record({ benefit: overSets, ...terms }), { maxLength: MOST_SETS }),
  )
  .map(([some, sets]): Promotion[] => [...some, ...sets].map((given, index) => promotion(index, given)));

const anyLines = fc
  .array(fc.record({ variant: fc.nat(4), quantity: fc.integer({ min: 1, max: 7 }), category: fc.nat(2) }), { minLength: 1, maxLength: 8 })
  .map((lines) =>
    lines.map(
      ({ variant, quantity, category }, index): CartLine =>
        cartLine(index, VARIANTS[variant]!, quantity, "food", { categoryIds: [CATEGORIES[category]!] }), // five variants, three categories
    ),
  );
const anyPrices = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 5, maxLength: 5 });

function cost(promotions: readonly Promotion[], lines: readonly CartLine[], prices: readonly number[], codes: string[] = []): PricedCart {
  const snapshot = compileSnapshot(
    facts({
      lists: [priceList(1)],
      prices: prices.map((amount, index) => price(1, VARIANTS[index]!, pieces(amount))), // five prices
      taxRates: [taxRate("FR", "food", 55)],
      codes: [discountCode("TEN")],
      promotions,
    }),
  );
  return priceCart(snapshot, { context: cartContext(), lines, codes: codes.map((code) => ({ code })) });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const runs = { numRuns: 300 };

it("[PRC-7] no line and no total falls below zero, and promotions, lines and total sum up", () => {
  fc.assert(
    fc.property(anyPromotions, anyLines, anyPrices, fc.boolean(), (promotions, lines, prices, hasCode) => {
      const cart = cost(promotions, lines, prices, hasCode ? ["TEN"] : []);
      expect(cart.lines.every(({ total, net, tax, discount }) => total >= 0 && net >= 0 && tax >= 0 && discount >= 0)).toBe(true);
      expect(sum(cart.lines.map(({ total }) => total))).toBe(cart.totals.total);
      expect(sum(cart.promotions.map(({ amount }) => amount)) + sum(cart.discounts.map(({ amount }) => amount))).toBe(cart.totals.discount);
      for (const { promotionId, amount } of cart.promotions) {
        const shares = cart.lines.flatMap(({ promotionShares }) => promotionShares).filter((share) => share.promotionId === promotionId);
        expect(sum(shares.map((share) => share.amount))).toBe(amount);
      }
    }),
    runs,
  );
});

it("[PRC-16] a promotion more never makes a cart dearer, alone or beside a code", () => {
  fc.assert(
    fc.property(anyPromotions, anyLines, anyPrices, fc.nat(), fc.boolean(), (promotions, lines, prices, which, hasCode) => {
      fc.pre(promotions.length > 0);
      const without = promotions.filter((_, index) => index !== which % promotions.length);
      const codes = hasCode ? ["TEN"] : [];
      expect(cost(promotions, lines, prices, codes).totals.total).toBeLessThanOrEqual(cost(without, lines, prices, codes).totals.total);
    }),
    runs,
  );
});

it("[PRC-9] neither the order of the lines nor that of the promotions changes a figure", () => {
  fc.assert(
    fc.property(anyPromotions, anyLines, anyPrices, (promotions, lines, prices) => {
      const [one, other] = [cost(promotions, lines, prices), cost(promotions.toReversed(), lines.toReversed(), prices)];
      expect(other.totals).toEqual(one.totals);
      expect(other.lines.toReversed()).toEqual(one.lines);
      expect(other.promotions).toEqual(one.promotions);
    }),
    runs,
  );
});

it("[PRC-10] refunds of promoted lines sum to what was paid, however the units come back", () => {
  fc.assert(
    fc.property(anyPromotions, anyLines, anyPrices, (promotions, lines, prices) => {
      for (const line of cost(promotions, lines, prices).lines) {
        const parts = Array.from({ length: line.quantity }, (_, before) => refundFor(line, before, 1));
        expect([
          sum(parts.map(({ total }) => total)),
          sum(parts.map(({ tax }) => tax)),
          sum(parts.map(({ discount }) => discount)),
        ]).toEqual([line.total, line.tax, line.discount]);
      }
    }),
    runs,
  );
});
