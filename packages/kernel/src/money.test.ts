import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type UnitPrice, addMoney, currencyExponent, divideRounded, formatMoney, lineTotal, shareOut } from "./money.ts";

const euro = (amount: number): UnitPrice => ({ amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" } });

describe("amounts", () => {
  it("add up in one currency and refuse another: the hub never converts", () => {
    expect(addMoney({ amount: 250, currency: "EUR" }, { amount: -50, currency: "EUR" })).toEqual({ amount: 200, currency: "EUR" });
    expect(() => addMoney({ amount: 1, currency: "EUR" }, { amount: 1, currency: "GBP" })).toThrow(/never converts/);
  });

  it("have the decimals of their currency", () => {
    expect(["EUR", "JPY", "KWD", "GBP"].map(currencyExponent)).toEqual([2, 0, 3, 2]);
  });

  it.each([
    [{ amount: 1250, currency: "EUR" }, "fr", "12,50 €"],
    [{ amount: 1250, currency: "EUR" }, "en", "€12.50"],
    [{ amount: 1250, currency: "JPY" }, "en", "¥1,250"],
    [{ amount: 1250, currency: "KWD" }, "en", "KWD 1.250"],
    [{ amount: -5, currency: "EUR" }, "de", "-0,05 €"],
  ] as const)("%j reads in %s as %s", (money, locale, text) => {
    // Locales put blanks of several widths between figure and sign.
    expect(formatMoney(money, locale).replace(/\s/gu, " ")).toBe(text);
  });
});

describe("rounding", () => {
  it.each([
    [5n, 2n, 3],
    [-5n, 2n, -3],
    [5n, -2n, -3],
    [7n, 3n, 2],
    [1n, 3n, 0],
    [0n, 7n, 0],
  ])("%s / %s is %s: to the nearest, halves away from zero", (numerator, denominator, expected) => {
    expect(divideRounded(numerator, denominator)).toBe(expected);
  });

  it("a line total is rounded once, for the line and not for the unit", () => {
    const tenthOfPenny: UnitPrice = { ...euro(1), scale: 1 };
    expect([1, 4, 5, 15, 1000].map((quantity) => lineTotal(tenthOfPenny, quantity))).toEqual([0, 0, 1, 2, 100]);
    const perKilo: UnitPrice = { amount: 1899, scale: 0, currency: "EUR", per: { quantity: 1000, unit: "gram" } };
    expect([1, 250, 1000].map((grams) => lineTotal(perKilo, grams))).toEqual([2, 475, 1899]);
  });

  it("stays exact where floating point would not", () => {
    expect(lineTotal(euro(9_007_199_254_740), 999)).toBe(8_998_192_055_485_260);
    expect(lineTotal({ ...euro(1_005), scale: 1 }, 1)).toBe(101);
  });
});

describe("sharing out", () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [200, [780, 850, 1400], [52, 56, 92]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [5, [0, 0], [5, 0]],
    [0, [3, 4], [0, 0]],
    [7, [], []],
  ])("%s over %j is %j: left-over units go to the largest remainders, ties to the earlier", (amount, weights, shares) => {
    expect(shareOut(amount, weights)).toEqual(shares);
  });

  it("takes weights beyond what a number holds exactly", () => {
    expect(shareOut(3, [2n ** 60n, 2n ** 61n])).toEqual([1, 2]);
  });

  it("shares sum to the amount, and none is a whole unit away from its exact part", () => {
    const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.nat(10_000_000), weights, (amount, parts) => {
        const shares = shareOut(amount, parts);
        const total = parts.reduce((sum, part) => sum + part, 0);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount);
        if (total > 0)
          for (const [index, share] of shares.entries()) expect(Math.abs(share - (amount * (parts[index] ?? 0)) / total)).toBeLessThan(1);
      }),
    );
  });
});
