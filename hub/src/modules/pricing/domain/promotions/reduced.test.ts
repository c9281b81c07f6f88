import type { CategoryId, ProductId } from "@weft/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cartContext, cartLine, CROISSANT, FRENCH_SHOP, pieces, promotion, testId } from "../../test-data.ts";
import { priceCart } from "../price-cart.ts";
import { nextTurn } from "./clock.ts";
import { compilePromotions } from "./compile.ts";
import type { HappyHours, Promotion } from "./facts.ts";
import { shopWindow } from "./reduced.ts";

const PASTRY = testId<CategoryId>("category", 1);
const PRODUCT = testId<ProductId>("product", 1);
const GOODS = { productId: PRODUCT, categoryIds: [PASTRY] };
const ABOUT_PASTRY = { goods: { categoryIds: [PASTRY], productIds: [] } };
const euros = (amount: number) => ({ amount, currency: "EUR" });
const hours = (from: number, to: number, weekdays = [1, 2, 3, 4, 5]): HappyHours => ({ weekdays, from: from * 60, to: to * 60 });

/** In Lyon on Monday, the second of March 2026, at this time of the place. */
const at = (time: string) => ({ ...cartContext({ at: new Date(`2026-03-02T${time}:00+01:00`) }), isKnown: false });
const windowOf = (promotions: readonly Promotion[], context = at("10:00")) => shopWindow(compilePromotions(promotions), context);
const reduced = (promotions: readonly Promotion[], context = at("10:00"), price = pieces(180)) =>
  windowOf(promotions, context).reducedOf(GOODS, price);
const told = (promotions: readonly Promotion[], context = at("10:00")) =>
  windowOf(promotions, context)
    .conditionalOn(GOODS)
    .map((one) => one.promotion.name.en);

describe("[PRC-19] what one piece costs less, bought alone", () => {
  it("is what a cart with one piece of it costs, whatever is in force", () => {
    const benefit = fc.oneof(
      fc.record({
        kind: fc.constant("percentage" as const),
        rate: fc.record({ numerator: fc.integer({ min: 1, max: 100 }), denominator: fc.constant(100) }),
      }),
      fc.record({ kind: fc.constant("fixed_price" as const), money: fc.integer({ min: 0, max: 300 }).map(euros) }),
      fc.record({
        kind: fc.constant("amount" as const),
        per: fc.constant("piece" as const),
        money: fc.integer({ min: 1, max: 300 }).map(euros),
      }),
      fc.constant({ kind: "cheapest_free" as const, of: 3 }),
    );
    const one = fc.record({
      benefit,
      exclusive: fc.boolean(),
      priority: fc.integer({ min: 0, max: 3 }),
      goods: fc.constantFrom({ categoryIds: [PASTRY], productIds: [] }, { categoryIds: [], productIds: [] }),
      minimum: fc.constantFrom(null, euros(150), euros(500)),
      minimumPieces: fc.constantFrom(null, 1, 2),
      needsCode: fc.boolean(),
      hours: fc.constantFrom(null, hours(9, 11), hours(16, 18)),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), (given) => {
        const promotions = given.map((terms, n) => promotion(n, { currency: "EUR", ...terms }));
        const snapshot = { ...FRENCH_SHOP, promotions: compilePromotions(promotions) };
        const priced = priceCart(snapshot, { context: at("10:00"), lines: [cartLine(1, CROISSANT, 1, "food", GOODS)], codes: [] });
        expect(reduced(promotions)?.price.amount ?? 180).toBe(priced.totals.total);
      }),
    );
  });

  it("holds for the price unit of weighed goods, where a percentage does", () => {
    const grams = { amount: 2300, scale: 1, currency: "EUR", per: { quantity: 100, unit: "gram" as const } };
    expect(reduced([promotion(1, ABOUT_PASTRY)], at("10:00"), grams)?.price).toEqual({ ...grams, amount: 207, scale: 0 });
    expect(reduced([promotion(1, { benefit: { kind: "fixed_price", money: euros(100) } })], at("10:00"), grams)).toBeUndefined();
  });

  it("says from when and until when it is so: the shortest of what makes it", () => {
    const today = promotion(1, { validFrom: new Date("2026-03-01T00:00:00Z"), validTo: new Date("2026-03-02T10:00:00Z") });
    expect(reduced([today, promotion(2, { hours: hours(9, 12) })])).toMatchObject({
      from: new Date("2026-03-02T08:00:00Z"),
      to: new Date("2026-03-02T10:00:00Z"),
      promotions: [{ name: { en: "Promotion 1" } }, { name: { en: "Promotion 2" } }],
    });
    expect(reduced([promotion(1)])).toMatchObject({ from: null, to: null });
  });

  it("lasts past midnight where the hour does", () => {
    const night = promotion(1, { hours: hours(22, 2, [1]) });
    expect(reduced([night], at("23:30"))).toMatchObject({ to: new Date("2026-03-03T01:00:00Z") });
    expect(reduced([night], at("01:30"))).toBeUndefined();
  });
});

describe("[PRC-19] what is told of the rest", () => {
  it("is what asks for more: pieces, a sum, other goods, another hour, to be a member", () => {
    const promotions = [
      promotion(1, { ...ABOUT_PASTRY, minimumPieces: 3 }),
      promotion(2, { ...ABOUT_PASTRY, minimum: euros(500) }),
      promotion(3, { ...ABOUT_PASTRY, benefit: { kind: "cheapest_free", of: 3 } }),
      promotion(4, { ...ABOUT_PASTRY, hours: hours(16, 18) }),
      promotion(5, { ...ABOUT_PASTRY, scope: { customerGroups: ["member"] } }),
      promotion(6, { ...ABOUT_PASTRY, firstOrder: true }),
      promotion(7, { benefit: { kind: "bundle", price: euros(400), parts: [{ ...ABOUT_PASTRY, pieces: 1 }] } }),
    ];
    expect(told(promotions)).toEqual(promotions.map(({ name }) => name.en));
    expect(reduced(promotions)).toBeUndefined();
  });

  it("is nothing that a customer must not or cannot know: codes, companies, what is over, to come or used up, other places", () => {
    expect(
      told([
        promotion(1, { ...ABOUT_PASTRY, needsCode: true }),
        promotion(2, { ...ABOUT_PASTRY, minimumPieces: 2, scope: { customerGroups: ["company:1"] } }),
        promotion(3, { ...ABOUT_PASTRY, minimumPieces: 2, validTo: new Date("2026-03-01T00:00:00Z") }),
        promotion(4, { ...ABOUT_PASTRY, minimumPieces: 2, validFrom: new Date("2026-04-01T00:00:00Z") }),
        promotion(5, { ...ABOUT_PASTRY, minimumPieces: 2, isUsedUp: true }),
        promotion(6, { ...ABOUT_PASTRY, minimumPieces: 2, scope: { placeIds: [testId("place", 9)] } }),
        promotion(7, { ...ABOUT_PASTRY, minimumPieces: 2, currency: "CHF" }),
      ]),
    ).toEqual([]);
  });

  it("leaves to all goods what is about all goods, and to the price what is a price already", () => {
    const cart = promotion(1, { benefit: { kind: "amount", money: euros(500), per: "cart" }, minimum: euros(3000) });
    const plain = promotion(2, ABOUT_PASTRY);
    expect(told([cart, plain])).toEqual([]);
    expect(windowOf([cart, plain]).all).toHaveLength(2);
  });
});

describe("[PRC-19] the next turn of the clock", () => {
  const next = (promotions: readonly Promotion[], time: string, zones = ["Europe/Paris"]) =>
    nextTurn(compilePromotions(promotions), zones, at(time).at)?.toISOString();

  it("is the next begin or end of a happy hour at any place, or of a validity", () => {
    const happy = promotion(1, { hours: hours(16, 18) });
    expect(next([happy], "10:00")).toBe("2026-03-02T15:00:00.000Z");
    expect(next([happy], "16:00")).toBe("2026-03-02T17:00:00.000Z");
    expect(next([happy], "10:00", ["Europe/Paris", "Europe/Bucharest"])).toBe("2026-03-02T14:00:00.000Z");
    expect(next([happy, promotion(2, { validTo: new Date("2026-03-02T12:00:00Z") })], "10:00")).toBe("2026-03-02T12:00:00.000Z");
    expect(next([promotion(1)], "10:00")).toBeUndefined();
  });

  it("comes a week later where the hour of this week is over", () => {
    expect(next([promotion(1, { hours: hours(16, 18, [1]) })], "18:00")).toBe("2026-03-09T15:00:00.000Z");
  });
});
