import { expect, it } from "vitest";
import { differenceOf, isExchangeable } from "./exchange.ts";

const euros = (amount: number) => ({ amount, currency: "EUR" });
const refund = (amount: number, kind: "cash" | "card" | "gift_card" = "card") => ({
  total: euros(amount),
  parts: [{ kind, amount: euros(amount) }],
});

it("[RET-13] only the difference moves, in whichever direction", () => {
  expect([1400, 2800, 700].map((ticket) => differenceOf(refund(1400), euros(ticket)))).toEqual([0, 1400, -700]);
});

it("[RET-13] what was paid with a gift card is not exchanged in one act", () => {
  expect((["cash", "card", "gift_card"] as const).map((kind) => isExchangeable(refund(1400, kind)))).toEqual([true, true, false]);
});
