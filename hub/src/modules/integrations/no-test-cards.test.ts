import type { IntentId } from "@weft/kernel";
import { expect, it } from "vitest";
import { readConfig } from "../../platform/index.ts";
import { withoutTestCards } from "./no-test-cards.ts";

const asked: string[] = [];
const open = withoutTestCards({
  name: "sandbox",
  cardWay: () => ({ way: "test_card" }),
  decideInline: ({ intentId }) => ({ kind: "captured", eventId: intentId, providerRef: "" }),
  charge: async ({ intentId }) => ({ kind: "captured", eventId: intentId, providerRef: "" }),
  find: async () => ({ kind: "unknown" }),
  cancel: async (intentId) => ({ kind: "voided", eventId: intentId }),
  async refund({ refundId }) {
    asked.push(refundId);
    return "succeeded";
  },
});
const charge = {
  intentId: "01900000-0000-7000-8000-000000000001" as IntentId,
  token: "sandbox_approve",
  amount: { amount: 100, currency: "EUR" },
}; // an id of this test

it("[PAY-24] where test cards are not taken, none pays, and what one paid before goes back", async () => {
  expect(open.cardWay({ registerId: null })).toBeNull();
  expect(open.decideInline?.(charge)).toMatchObject({ kind: "declined" });
  expect(await open.charge(charge, new AbortController().signal)).toMatchObject({ kind: "declined" });
  expect(await open.refund({ refundId: "r", attempt: 1, intentId: charge.intentId, amount: charge.amount })).toBe("succeeded");
  expect(asked).toEqual(["r"]);
});

it("[PAY-24] test cards pay in development, and in production only when it is said", () => {
  const env = { WEFT_SECRET: "x".repeat(32), WEFT_HOME: "/tmp/not-made" };
  expect(readConfig(env, []).takesTestCards).toBe(true);
  expect(readConfig(env, [], { isProduction: true }).takesTestCards).toBe(false);
  expect(readConfig({ ...env, WEFT_TEST_CARDS: "1" }, [], { isProduction: true }).takesTestCards).toBe(true);
});
