import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardNumber, isCardNumber, pointsFor, type BaseRule } from "./index.ts";

const rule: BaseRule = { version: 1, points: 1, perMinorUnits: 100, currency: "EUR" };

describe("[LOY-2] the points of a sale", () => {
  it.each([
    [799, 7],
    [100, 1],
    [99, 0],
    [0, 0],
    [-500, 0],
  ])("%i minor units earn %i", (amount, points) => {
    expect(pointsFor(rule, { amount, currency: "EUR" }).points).toBe(points);
  });

  it("another currency earns nothing", () => {
    expect(pointsFor(rule, { amount: 1000, currency: "GBP" }).points).toBe(0);
  });

  it("says by which rule and version, so that it can be explained and computed again", () => {
    expect(pointsFor({ ...rule, points: 3, version: 4 }, { amount: 250, currency: "EUR" })).toEqual({
      bonuses: [],
      points: 6,
      because: { kind: "earned", data: { points: 3, perMinorUnits: 100, currency: "EUR", version: 4, amount: 250 } },
    });
  });

  it("splitting a sale never earns more", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (a, b) => {
        const points = (amount: number) => pointsFor(rule, { amount, currency: "EUR" }).points;
        expect(points(a) + points(b)).toBeLessThanOrEqual(points(a + b));
      }),
    );
  });
});

describe("[LOY-4] card numbers", () => {
  it("has 16 digits that check themselves", () => {
    fc.assert(fc.property(fc.uuid(), (id) => isCardNumber(cardNumber(id))));
  });

  it("is found wrong when one digit is mistyped or two neighbors change places", () => {
    const number = cardNumber("01900000-0000-7000-8abc-def012345678");
    for (let at = 0; at < number.length; at++) {
      const mistyped = number.slice(0, at) + String((Number(number[at]) + 1) % 10) + number.slice(at + 1);
      expect(isCardNumber(mistyped)).toBe(false);
    }
    expect(isCardNumber("4539 1488 0343 6467")).toBe(true);
    expect(isCardNumber("4539 1488 0343 4667")).toBe(false);
  });
});
