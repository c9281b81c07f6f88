import type { CategoryId, ProductId } from "@weft/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cartContext,
  cartLine,
  CROISSANT,
  discountCode,
  facts,
  MUG,
  pieces,
  price,
  priceList,
  promotion,
  taxRate,
  testId,
} from "../test-data.ts";
import { compileSnapshot, priceCart, type CartLine, type DiscountCode, type Promotion } from "./index.ts";

const GOODS = { productId: testId<ProductId>("product", 1), categoryIds: [testId<CategoryId>("category", 1)] };
const NEAR = { percent: 30, on: "2026-03-03" };

function cartOf(lines: readonly CartLine[], promotions: readonly Promotion[] = [], codes: readonly DiscountCode[] = []) {
  const snapshot = compileSnapshot(
    facts({
      lists: [priceList(1)],
      prices: [price(1, CROISSANT, pieces(180)), price(1, MUG, pieces(1400))],
      taxRates: [taxRate("FR", "goods", 200)],
      promotions,
      codes,
    }),
  );
  return priceCart(snapshot, { context: cartContext(), lines, codes: codes.map(({ code }) => ({ code })) });
}
const line = (id: number, quantity: number, nearEnd?: CartLine["nearEnd"]): CartLine => ({
  ...cartLine(id, CROISSANT, quantity, "goods"),
  ...GOODS,
  ...(nearEnd && { nearEnd }),
});
const percent = (numerator: number) => ({ benefit: { kind: "percentage", rate: { numerator, denominator: 100 } } }) as const;

describe("[BAT-8] what is near its last day", () => {
  it("is marked down by so many percent of its line, rounded once, with the day and the amount as its reason", () => {
    const cart = cartOf([line(1, 3, NEAR), line(2, 3)]);
    expect(cart.lines.map(({ subtotal, discount, total }) => [subtotal, discount, total])).toEqual([
      [540, 162, 378],
      [540, 0, 540],
    ]);
    expect(cart.lines[0]?.because).toContainEqual({ kind: "near_end", ...NEAR, amount: 162 });
    expect(cart.totals).toMatchObject({ discount: 162, total: 918 });
  });

  it("keeps a promotion that takes more off, and takes its place where that takes less; never both", () => {
    const kinds = (off: number) => cartOf([line(1, 1, NEAR)], [promotion(1, percent(off))]).lines[0]?.because.map(({ kind }) => kind);
    expect(kinds(50)).toContain("promotion");
    expect(kinds(50)).not.toContain("near_end");
    expect(kinds(10)).toContain("near_end");
    expect(kinds(10)).not.toContain("promotion");
  });

  it("takes no part in what sets of goods ask for, where it is marked down", () => {
    const third = promotion(1, { benefit: { kind: "cheapest_free", of: 3 } });
    // One of three free is worth 180; 90 percent off the one that is near is worth 162 and would break the set.
    expect(cartOf([line(1, 1, { ...NEAR, percent: 90 }), line(2, 2)], [third]).totals.discount).toBe(180);
    // With three others the set stands without it, and both are given.
    expect(cartOf([line(1, 1, { ...NEAR, percent: 90 }), line(2, 3)], [third]).totals.discount).toBe(180 + 162);
  });

  it("is what codes take their part of", () => {
    const cart = cartOf([line(1, 1, { ...NEAR, percent: 50 })], [], [discountCode("TEN")]);
    expect(cart.lines[0]).toMatchObject({ discount: 90 + 9, total: 81 });
  });

  it("never makes a cart dearer, whatever promotions serve it", () => {
    const given = fc.record({
      quantities: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
      near: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 4, maxLength: 4 }),
      off: fc.integer({ min: 1, max: 90 }),
      of: fc.integer({ min: 2, max: 4 }),
    });
    fc.assert(
      fc.property(given, ({ quantities, near, off, of }) => {
        const promotions = [promotion(1, percent(off)), promotion(2, { benefit: { kind: "cheapest_free", of } })];
        const plain = cartOf(
          quantities.map((quantity, index) => line(index + 1, quantity)),
          promotions,
        );
        const marked = cartOf(
          quantities.map((quantity, index) =>
            line(index + 1, quantity, index % 2 === 0 ? { ...NEAR, percent: near[index] ?? 1 } : undefined),
          ),
          promotions,
        );
        expect(marked.totals.total).toBeLessThanOrEqual(plain.totals.total);
        for (const { because } of marked.lines)
          expect(
            because.filter(({ kind }) => kind === "near_end" || kind === "promotion").length > 1 &&
              because.some(({ kind }) => kind === "near_end"),
          ).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
