import type { CategoryId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import { cartContext, CROISSANT, facts, listId, LYON, pieces, price, priceList, promotion, testId } from "../test-data.ts";
import type { PricingFacts } from "./facts.ts";
import { lowestPrices } from "./lowest-price.ts";
import { compileSnapshot } from "./snapshot.ts";

const PASTRY = testId<CategoryId>("category", 1);
const GOODS = { variantId: CROISSANT, categoryIds: [PASTRY] };
const on = (day: string) => new Date(`2026-${day}T00:00:00+01:00`);
const past = (amount: number, until: string, list = 1) => ({
  listId: listId(list),
  variantId: CROISSANT,
  unitPrice: pieces(amount),
  until: on(until),
});
/** One list with the croissant at 1.80 today, and a reduction that begins on the second of March. */
const lowest = (given: Partial<PricingFacts>, begin = "03-02") => {
  const snapshot = compileSnapshot(facts({ lists: [priceList(1)], prices: [price(1, CROISSANT, pieces(180))], ...given }));
  return lowestPrices(snapshot, cartContext())(GOODS, on(begin))?.amount;
};

describe("[PRC-20] the lowest price of the 30 days before a reduction", () => {
  it("is today's where nothing changed", () => {
    expect(lowest({})).toBe(180);
  });

  it("is what was asked for a while in those days, and not what was asked before them", () => {
    expect(lowest({ pastPrices: [past(160, "02-20")] })).toBe(160);
    expect(lowest({ pastPrices: [past(160, "01-30")] })).toBe(180);
    expect(lowest({ pastPrices: [past(160, "01-30"), past(200, "02-20")] })).toBe(180);
  });

  it("counts what promotions made of it for everybody, not what this reduction makes of it", () => {
    const winter = promotion(1, { validFrom: on("02-10"), validTo: on("02-12") });
    const sale = promotion(2, { since: on("03-02") });
    expect(lowest({ pastPromotions: [winter], promotions: [sale] })).toBe(162);
    expect(lowest({ promotions: [sale] })).toBe(180);
    expect(lowest({ pastPromotions: [{ ...winter, needsCode: true }] })).toBe(180);
    expect(lowest({ pastPromotions: [{ ...winter, scope: { customerGroups: ["member"] } }] })).toBe(180);
  });

  it("knows an hour that comes every week by its last time, and none that has not been yet", () => {
    const monday = promotion(1, { since: on("02-01"), hours: { weekdays: [1], from: 960, to: 1080 } });
    expect(lowest({ promotions: [monday] })).toBe(162);
    expect(lowest({ promotions: [{ ...monday, since: on("02-24") }] })).toBe(180);
  });

  it("follows the list that held at the place then", () => {
    const city = priceList(2, { scope: { placeIds: [LYON] }, validTo: on("02-15") });
    expect(lowest({ lists: [priceList(1), city], prices: [price(1, CROISSANT, pieces(180)), price(2, CROISSANT, pieces(150))] })).toBe(150);
    expect(
      lowest({
        lists: [priceList(1), { ...city, validTo: on("01-15") }],
        prices: [price(1, CROISSANT, pieces(180)), price(2, CROISSANT, pieces(150))],
      }),
    ).toBe(180);
  });

  it("is unknown of goods that had no price", () => {
    expect(lowest({ prices: [] })).toBeUndefined();
  });
});
