import { describe, expect, it } from "vitest";
import { spend } from "./stored-value.ts";

describe("[CKO-4] store credit and gift cards pay what they have, and the rest is paid otherwise", () => {
  const credit = { kind: "store_credit", left: 500 } as const;
  const card = { kind: "gift_card", code: "AAAA", last4: "AAAA", left: 5000 } as const;

  it("in their order, each at most what is left on it", () => {
    expect(spend([credit, card], 1200)).toEqual({
      tenders: [
        { kind: "store_credit", amount: 500 },
        { kind: "gift_card", code: "AAAA", amount: 700 },
      ],
      rest: 0,
    });
    expect(spend([credit], 1200)).toEqual({ tenders: [{ kind: "store_credit", amount: 500 }], rest: 700 });
  });

  it("[LOY-26] points pay up to their part of the total, and nothing below their minimum", () => {
    const points = { kind: "points", left: 900, least: 200, maxPercent: 50 } as const;
    expect(spend([points], 1200)).toEqual({ tenders: [{ kind: "points", amount: 600 }], rest: 600 });
    expect(spend([points, credit], 3000)).toEqual({
      tenders: [
        { kind: "points", amount: 900 },
        { kind: "store_credit", amount: 500 },
      ],
      rest: 1600,
    });
    expect(spend([points], 300)).toEqual({ tenders: [], rest: 300 });
  });

  it("without them nothing changes, and what would pay nothing is left out", () => {
    expect(spend([], 1200)).toEqual({ tenders: [], rest: 1200 });
    expect(spend([card, credit], 900).tenders).toHaveLength(1);
  });
});
