import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asId, lineTotal, type ChannelId, type UnitPrice } from "@weft/kernel";
import { labelOffer } from "../../carts/domain/index.ts";
import { checkDigit } from "../../catalog/domain/gtin.ts";
import { labelPatternsOf, readLabelPatterns } from "../../places/domain/index.ts";
import type { PriceListId } from "../../pricing/domain/index.ts";
import { gramsFor, readScaleLabel, valueCheckDigit } from "./scale-label.ts";
import { weighedText } from "./weighed.ts";

const withCheck = (twelve: string): string => `${twelve}${checkDigit(twelve)}`;
const perKilo = (amount: number): UnitPrice => ({ amount, scale: 0, currency: "EUR", per: { quantity: 1000, unit: "gram" } });

describe("[TIL-31] labels of scales", () => {
  const usual = labelPatternsOf("", "FR");

  it("say their weight or their price, and name the goods by the code with noughts in its place", () => {
    expect(readScaleLabel(withCheck("211234500312"), usual)).toEqual({ kind: "weight", grams: 312, barcode: withCheck("211234500000") });
    expect(readScaleLabel(withCheck("221234500245"), usual)).toEqual({ kind: "price", amount: 245, barcode: withCheck("221234500000") });
  });

  it("are none with a wrong check digit, with nought, or with a beginning that the store does not use", () => {
    const right = withCheck("211234500312");
    expect(readScaleLabel(`${right.slice(0, 12)}${(Number(right.at(-1)) + 1) % 10}`, usual)).toBeUndefined();
    expect(readScaleLabel(withCheck("211234500000"), usual)).toBeUndefined();
    expect(readScaleLabel(withCheck("291234500312"), usual)).toBeUndefined();
    expect(readScaleLabel("4006381333931", usual)).toBeUndefined();
  });

  it("check their price by the tables of GS1, where the country's scales do", () => {
    expect([valueCheckDigit("2875"), valueCheckDigit("14685")]).toEqual([9, 6]);
    const german = labelPatternsOf("", "DE");
    const label = (check: number) => withCheck(`221234${check}14685`);
    expect(readScaleLabel(label(6), german)).toMatchObject({ kind: "price", amount: 14_685 });
    for (const wrong of [0, 1, 2, 3, 4, 5, 7, 8, 9]) expect(readScaleLabel(label(wrong), german)).toBeUndefined();
    const british = labelPatternsOf("", "GB");
    expect(readScaleLabel(withCheck("201234592875"), british)).toMatchObject({ kind: "price", amount: 2875 });
  });

  it("one wrong digit of a price never passes its check digit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), fc.nat(4), fc.integer({ min: 1, max: 9 }), (value, at, by) => {
        const digits = String(value).padStart(5, "0");
        const other = [...digits].map((digit, index) => (index === at ? (Number(digit) + by) % 10 : digit)).join("");
        return valueCheckDigit(digits) !== valueCheckDigit(other);
      }),
    );
  });

  it("[PLA-12] are read as a store says, else as is usual in its country, and a pattern that reads nothing is none", () => {
    expect(labelPatternsOf("24IIIIIIWWWWC", "DE")).toEqual(["24IIIIIIWWWWC"]);
    for (const wrong of ["21IIIIIWWWWW", "41IIIIIWWWWWC", "21IIIIIWWWPPC", "21IIIIIWWWWWC 21IIIIIPPPPPC", "labels"])
      expect(readLabelPatterns(wrong)).toBeUndefined();
    expect(readLabelPatterns("")).toEqual([]);
  });
});

describe("[CRT-33] goods at the price of their label", () => {
  const listed = (price: UnitPrice) => ({ unitPrice: price, listId: asId<PriceListId>("list"), taxIncluded: true });
  const at = { channelId: asId<ChannelId>("till"), at: new Date("2026-03-02T10:00:00Z") };

  it("cost exactly what it says, whatever a kilogram costs, and the list asks no less for that weight", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 1, max: 99_999 }), (kilo, labelPrice) => {
        const price = perKilo(kilo);
        const grams = gramsFor(price, labelPrice) ?? 0;
        const offer = labelOffer(listed(price), { grams, labelPrice }, at);
        expect(offer.ok).toBe(true);
        if (offer.ok) expect(lineTotal(offer.value.unitPrice, grams)).toBe(labelPrice);
        expect(lineTotal(price, grams)).toBeGreaterThanOrEqual(labelPrice);
      }),
    );
  });

  it("a price that is not that of the weight is refused: nobody makes a label of their own", () => {
    expect(labelOffer(listed(perKilo(2500)), { grams: 500, labelPrice: 100 }, at)).toMatchObject({
      error: { code: "price.label_differs" },
    });
    expect(labelOffer(listed(perKilo(2500)), { grams: 99, labelPrice: 900 }, at)).toMatchObject({ error: { code: "price.label_differs" } });
    expect(labelOffer(undefined, { grams: 99, labelPrice: 246 }, at)).toMatchObject({ error: { code: "price.unknown" } });
  });
});

describe("[TIL-32] goods by weight", () => {
  it("cost weight times price, rounded once, halves up: never off by half a cent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 1, max: 9999 }), (kilo, grams) => {
        const exact = (kilo * grams) / 1000;
        return Math.abs(lineTotal(perKilo(kilo), grams) - exact) <= 0.5;
      }),
    );
    expect(lineTotal(perKilo(2490), 312)).toBe(777);
    expect(lineTotal(perKilo(1000), 5)).toBe(5);
  });

  it("stand on the paper as weight times the price of a kilogram", () => {
    expect(weighedText(312, perKilo(2490), "fr").replaceAll(/\s/g, " ")).toBe("0,312 kg × 24,90 €/kg");
    expect(weighedText(312, { amount: 249, scale: 0, currency: "EUR", per: { quantity: 100, unit: "gram" } }, "en")).toBe(
      "0.312 kg × €24.90/kg",
    );
  });
});
