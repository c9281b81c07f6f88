import type { CategoryId, ProductId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import {
  cartContext,
  cartLine,
  discountCode,
  facts,
  FRENCH_SHOP,
  LYON,
  promotion,
  BERLIN,
  BEANS,
  CAPPUCCINO,
  CROISSANT,
  MUG,
  testId,
} from "../../test-data.ts";
import {
  type CartContext,
  type CartLine,
  type CodeId,
  type PricedCart,
  type Promotion,
  type PromotionId,
  BUYERS,
  compilePromotions,
  compileSnapshot,
  priceCart,
  usedGroup,
} from "../index.ts";

const COFFEE = testId<CategoryId>("category", 1);
const PASTRY = testId<CategoryId>("category", 2);
const BAGS = testId<CategoryId>("category", 3);
const of = (...categoryIds: CategoryId[]) => ({ categoryIds, productIds: [] });
const euros = (amount: number) => ({ amount, currency: "EUR" });

const coffee = (number: number, quantity = 1): CartLine => cartLine(number, CAPPUCCINO, quantity, "hot_drink", { categoryIds: [COFFEE] }); // 3.90
const croissant = (number: number, quantity = 1): CartLine => cartLine(number, CROISSANT, quantity, "food", { categoryIds: [PASTRY] }); // 1.80
const beans = (number: number, quantity = 1): CartLine =>
  cartLine(number, BEANS, quantity, "packaged_food", { categoryIds: [BAGS], productId: testId<ProductId>("product", 1) }); // 8.50
const mug = (number: number, quantity = 1): CartLine => cartLine(number, MUG, quantity, "goods"); // 14.00

function price(
  promotions: readonly Promotion[],
  lines: readonly CartLine[],
  given: Partial<CartContext> = {},
  codes: string[] = [],
): PricedCart {
  const snapshot = { ...FRENCH_SHOP, promotions: compilePromotions(promotions) };
  return priceCart(snapshot, { context: cartContext(given), lines, codes: codes.map((code) => ({ code })) });
}
const totals = (cart: PricedCart) => cart.lines.map(({ total }) => total);
const misses = (cart: PricedCart) => cart.missedPromotions.map(({ because }) => because.kind);

const HALF_PASTRY = promotion(1, { goods: of(PASTRY), benefit: { kind: "percentage", rate: { numerator: 1, denominator: 2 } } });
const MENU = promotion(2, {
  currency: "EUR",
  benefit: {
    kind: "bundle",
    price: euros(500),
    parts: [
      { goods: of(COFFEE), pieces: 1 },
      { goods: of(PASTRY), pieces: 1 },
    ],
  },
});
const THIRD_FREE = promotion(3, { goods: of(COFFEE), benefit: { kind: "cheapest_free", of: 3 } });

describe("[PRC-15] what a promotion takes off", () => {
  it("a part of the price, on its goods only", () => {
    expect(totals(price([HALF_PASTRY], [coffee(1), croissant(2, 2)]))).toEqual([390, 180]);
  });

  it("an amount off each piece, never below nothing, and an amount off the cart shared out over all lines", () => {
    const perPiece = promotion(1, { goods: of(PASTRY), benefit: { kind: "amount", money: euros(50), per: "piece" } });
    expect(totals(price([perPiece], [croissant(1, 3)]))).toEqual([390]);
    expect(totals(price([{ ...perPiece, benefit: { kind: "amount", money: euros(500), per: "piece" } }], [croissant(1)]))).toEqual([0]);
    const ofCart = promotion(2, { benefit: { kind: "amount", money: euros(500), per: "cart" }, minimum: euros(2000) });
    expect(price([ofCart], [mug(1), beans(2)]).totals.total).toBe(1750);
    expect(price([ofCart], [mug(1)]).missedPromotions[0]?.because).toEqual({
      kind: "below_minimum",
      minimum: euros(2000),
      missing: euros(600),
    });
  });

  it("a price for each piece, which nothing that costs less is raised to", () => {
    const fixed = promotion(1, { benefit: { kind: "fixed_price", money: euros(200) } });
    expect(totals(price([fixed], [coffee(1, 2), croissant(2)]))).toEqual([400, 180]);
  });

  it("for so many pieces one more at a rate off: of the same goods the cheapest of the set, of others the dearest that fits", () => {
    const second = promotion(1, {
      benefit: { kind: "buy_get", buy: 1, get: 1, getGoods: null, rate: { numerator: 1, denominator: 2 } },
    });
    // Sets of dearest with next: mug and beans (half of 8.50 off), coffee and croissant (half of 1.80 off).
    expect(totals(price([second], [croissant(1), coffee(2), beans(3), mug(4)]))).toEqual([90, 390, 425, 1400]);
    const gift = promotion(2, {
      goods: of(BAGS),
      benefit: { kind: "buy_get", buy: 2, get: 1, getGoods: of(COFFEE, PASTRY), rate: { numerator: 1, denominator: 1 } },
    });
    expect(totals(price([gift], [beans(1, 4), croissant(2, 2), coffee(3)]))).toEqual([3400, 180, 0]);
  });

  it("a set at one price, shared out exactly, as often as it saves something", () => {
    expect(totals(price([MENU], [coffee(1), croissant(2)]))).toEqual([342, 158]);
    expect(price([MENU], [coffee(1, 3), croissant(2, 2)]).totals.total).toBe(1390);
    expect(misses(price([MENU], [coffee(1, 3)]))).toEqual(["goods_missing"]);
  });

  it("the cheapest of so many is free, however the pieces are spread over lines", () => {
    expect(price([THIRD_FREE], [coffee(1), coffee(2), coffee(3, 5)]).totals.total).toBe(5 * 390);
  });

  it("weighed goods have no pieces: they take part in a percentage only", () => {
    const weighed = { ...beans(1, 500) };
    expect(misses(price([THIRD_FREE], [weighed]))).toEqual(["goods_missing"]);
  });
});

describe("[PRC-15] when it holds", () => {
  // A Monday at 10:00 in Paris.
  const hours = { weekdays: [1], from: 9 * 60, to: 11 * 60 };
  it("by the hours on the wall of the store, also past midnight", () => {
    expect(price([{ ...HALF_PASTRY, hours }], [croissant(1)]).totals.total).toBe(90);
    expect(misses(price([{ ...HALF_PASTRY, hours }], [croissant(1)], { timeZone: "Asia/Tokyo" }))).toEqual(["other_hours"]);
    expect(misses(price([{ ...HALF_PASTRY, hours: { ...hours, weekdays: [2] } }], [croissant(1)]))).toEqual(["other_hours"]);
    const night = { weekdays: [7], from: 22 * 60, to: 11 * 60 };
    expect(price([{ ...HALF_PASTRY, hours: night }], [croissant(1)]).totals.total).toBe(90);
  });

  it("by place, group of customers, time, budget and customer, each with its reason", () => {
    const because = (given: Partial<Promotion>, context: Partial<CartContext> = {}) =>
      misses(price([{ ...HALF_PASTRY, ...given }], [croissant(1)], context));
    expect(because({ scope: { placeIds: [BERLIN] } })).toEqual(["out_of_scope"]);
    expect(because({ scope: { placeIds: [LYON] } })).toEqual([]);
    expect(because({ scope: { customerGroups: ["member"] } })).toEqual(["out_of_scope"]);
    expect(because({ scope: { customerGroups: ["member"] } }, { customerGroups: ["member"] })).toEqual([]);
    expect(because({ validFrom: new Date("2027-01-01T00:00:00Z") })).toEqual(["not_yet_valid"]);
    expect(because({ validTo: new Date("2025-01-01T00:00:00Z") })).toEqual(["expired"]);
    expect(because({ isUsedUp: true })).toEqual(["used_up"]);
    expect(because({}, { customerGroups: [usedGroup(HALF_PASTRY.id)] })).toEqual(["used_by_customer"]);
    expect(because({ currency: "GBP" })).toEqual(["other_currency"]);
    expect(because({ minimumPieces: 2 })).toEqual(["too_few_pieces"]);
  });

  it("a first order is one of a known customer who has none", () => {
    const first = { ...HALF_PASTRY, firstOrder: true };
    expect(misses(price([first], [croissant(1)]))).toEqual(["not_first_order"]);
    expect(misses(price([first], [croissant(1)], { isKnown: true, customerGroups: [BUYERS] }))).toEqual(["not_first_order"]);
    expect(price([first], [croissant(1)], { isKnown: true }).totals.total).toBe(90);
  });

  it("one that needs a code serves with it; the code says what keeps it otherwise", () => {
    const needy = { ...HALF_PASTRY, needsCode: true };
    const code = discountCode("PASTRY", { benefit: { kind: "promotion", promotionId: needy.id } });
    const snapshot = compileSnapshot(facts({ codes: [code] }));
    const priced = (lines: readonly CartLine[], codes: string[]) =>
      priceCart(
        { ...FRENCH_SHOP, codes: snapshot.codes, promotions: compilePromotions([needy]) },
        { context: cartContext(), lines, codes: codes.map((text) => ({ code: text })) },
      );
    expect(misses(priced([croissant(1)], []))).toEqual(["code_missing"]);
    expect(priced([croissant(1)], ["pastry"])).toMatchObject({
      totals: { total: 90 },
      refusedCodes: [],
      promotions: [{ promotionId: needy.id, amount: 90, unlockedBy: { codeId: code.id satisfies CodeId, code: "PASTRY" } }],
    });
    expect(priced([coffee(1)], ["pastry"]).refusedCodes).toEqual([{ code: "pastry", because: { kind: "nothing_to_discount" } }]);
  });
});

describe("[PRC-16] the best for the customer", () => {
  it("a piece serves one set and no other promotion; of both ways the cheaper is taken", () => {
    const cart = [coffee(1), croissant(2)];
    // The menu saves 0.70, half of the croissant 0.90: together they would be 1.60 and are not to be had.
    expect(price([MENU, HALF_PASTRY], cart).totals.total).toBe(480);
    const tenth = promotion(1, { goods: of(PASTRY) });
    expect(price([MENU, tenth], cart).totals.total).toBe(500);
    expect(price([MENU, tenth], [coffee(1), croissant(2, 2)]).totals.total).toBe(500 + 162);
  });

  it("sets that want the same pieces are tried in every order", () => {
    // Four coffees and a croissant: three for two saves 3.90, and the menu with the fourth 0.70.
    expect(price([MENU, THIRD_FREE], [coffee(1, 4), croissant(2)]).totals.total).toBe(2 * 390 + 500);
    // Three coffees: one of both.
    expect(price([MENU, THIRD_FREE], [coffee(1, 3), croissant(2)]).totals.total).toBe(2 * 390 + 180);
  });

  it("those that stand beside others add up on what is left; one that stands alone counts where it saves more", () => {
    const tenth = promotion(4);
    expect(price([HALF_PASTRY, tenth], [croissant(1), mug(2)]).totals.total).toBe(81 + 1260);
    const alone = promotion(5, { goods: of(PASTRY), exclusive: true, benefit: { kind: "fixed_price", money: euros(85) } });
    expect(totals(price([HALF_PASTRY, tenth, alone], [croissant(1), mug(2)]))).toEqual([81, 1260]);
    expect(totals(price([tenth, alone], [croissant(1), mug(2)]))).toEqual([85, 1260]);
  });

  it("an amount off the cart that stands alone is taken instead of all others, or not at all", () => {
    const alone = promotion(6, { exclusive: true, benefit: { kind: "amount", money: euros(100), per: "cart" } });
    expect(price([HALF_PASTRY, alone], [croissant(1)]).totals.total).toBe(80);
    expect(price([HALF_PASTRY, alone], [croissant(1, 4)])).toMatchObject({
      totals: { total: 360 },
      missedPromotions: [{ promotion: { id: alone.id }, because: { kind: "beaten" } }],
    });
  });

  it("each line says which promotion took what off it, in the version that it has", () => {
    const [line] = price([{ ...HALF_PASTRY, version: 7 }], [croissant(1)]).lines;
    expect(line).toMatchObject({
      discount: 90,
      because: [
        { kind: "list" },
        {
          kind: "promotion",
          promotionId: HALF_PASTRY.id satisfies PromotionId,
          version: 7,
          name: { en: "Promotion 1" },
          benefit: "percentage",
          amount: 90,
        },
        { kind: "tax" },
      ],
    });
  });

  it("a code comes off what promotions leave", () => {
    expect(price([HALF_PASTRY], [croissant(1, 2)], {}, ["WELCOME10"]).totals.total).toBe(162);
  });
});
