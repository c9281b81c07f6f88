import { expect, it } from "vitest";
import { differenceOf, isExchangeable } from "./exchange.ts";

const euros = (amount: number) => ({ amount, currency: "EUR" });
const refund = (amount: number, kind: "cash" | "card" | "gift_card" | "account" = "card") => ({
  total: euros(amount),
  parts: [{ kind, amount: euros(amount) }],
});

it("[RET-13] only the difference moves, in whichever direction", () => {
  expect([1400, 2800, 700].map((ticket) => differenceOf(refund(1400), euros(ticket)))).toEqual([0, 1400, -700]);
});

it("[RET-13] what was paid is exchanged in one act, what is owed on an account is not", () => {
  const kinds = ["cash", "card", "gift_card", "account"] as const;
  expect(kinds.map((kind) => isExchangeable(refund(1400, kind)))).toEqual([true, true, true, false]);
});
