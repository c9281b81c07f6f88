import { describe, expect, it } from "vitest";
import { deferredFor, earnedOf, expectedToBeRedeemed } from "./accounting.ts";

describe("[LOY-19] what sales owe for the points that they gave", () => {
  it("is what IFRS 15, example 52, computes: 8,676 deferred, 4,110 earned with 4,500 points, 3,493 more with 8,500 and a new expectation", () => {
    const deferred = deferredFor(100_000, 9_500);
    expect([deferred, 100_000 - deferred]).toEqual([8_676, 91_324]);
    const first = earnedOf(deferred, { redeemed: 4_500, expected: 9_500, open: 5_500 });
    const inAll = earnedOf(deferred, { redeemed: 8_500, expected: 9_700, open: 1_500 });
    expect([first, inAll, inAll - first]).toEqual([4_110, 7_603, 3_493]);
  });

  it("nothing is owed where nothing was paid or no point is worth anything, and nothing more once no point is left", () => {
    expect([deferredFor(0, 500), deferredFor(500, 0)]).toEqual([0, 0]);
    expect(earnedOf(8_676, { redeemed: 9_000, expected: 9_500, open: 0 })).toBe(8_676);
    expect(earnedOf(8_676, { redeemed: 9_800, expected: 9_500, open: 200 })).toBe(8_676);
  });

  it("expects what history says, never less than was redeemed and never what has expired", () => {
    const points = { given: 1000, redeemed: 300, expired: 100 };
    expect([0.8, 0.2, 1].map((rate) => expectedToBeRedeemed(points, rate))).toEqual([800, 300, 900]);
  });
});
