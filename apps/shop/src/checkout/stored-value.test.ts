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

  it("without them nothing changes, and what would pay nothing is left out", () => {
    expect(spend([], 1200)).toEqual({ tenders: [], rest: 1200 });
    expect(spend([card, credit], 900).tenders).toHaveLength(1);
  });
});
