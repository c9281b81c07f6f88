import type { UnitPrice } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import { judgeUnproven, planUnproven, type UnprovenGoods, type UnprovenUnits } from "./unproven.ts";

const price = (amount: number): UnitPrice => ({ amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" } });
const goods = (sku: string, amount: number, isFaultyOnly = false): [string, UnprovenGoods] => [
  sku,
  { sku, name: { en: sku }, unitPrice: price(amount), taxRate: { numerator: 1, denominator: 5 }, isFaultyOnly },
];
const brought = (sku: string, quantity: number, reason: UnprovenUnits["reason"] = "changed_mind"): UnprovenUnits => ({
  sku,
  quantity,
  reason,
  disposition: "restock",
});
const PRICED = new Map([goods("MUG", 1400), goods("BEANS", 850, true)]);
const FRANCE = { country: "FR", included: true, rounding: { level: "rate", mode: "half_up" } } as const;

describe("[RET-14] goods without proof", () => {
  it("are worth their lowest price, with the tax in it, and the lines sum to the return", () => {
    const planned = planUnproven(PRICED, [brought("MUG", 2), brought("BEANS", 1, "defective")], FRANCE);
    expect(planned).toMatchObject({
      ok: true,
      value: { total: 3650, tax: 608, taxes: [{ net: 3042, tax: 608, gross: 3650 }], lines: [{ total: 2800 }, { total: 850 }] },
    });
  });

  it("get the tax on top where prices have none in them", () => {
    expect(planUnproven(PRICED, [brought("MUG", 1)], { ...FRANCE, included: false })).toMatchObject({
      ok: true,
      value: { total: 1680, tax: 280, taxes: [{ net: 1400, tax: 280, gross: 1680 }] },
    });
  });

  it("are refused when nobody sells them here, or when they come back only for a fault", () => {
    expect(planUnproven(PRICED, [brought("LAMP", 1)], FRANCE)).toMatchObject({ error: { code: "return.goods_not_there", sku: "LAMP" } });
    expect(planUnproven(PRICED, [brought("BEANS", 1)], FRANCE)).toMatchObject({ error: { code: "return.goods_faulty_only" } });
  });

  it.each([
    [{ most: 0, mostOfCustomer: 0 }, 100, 0, "closed"],
    [{ most: 5000, mostOfCustomer: 8000 }, 5000, 3000, "free"],
    [{ most: 5000, mostOfCustomer: 8000 }, 5001, 0, "needs_approval"],
    [{ most: 5000, mostOfCustomer: 8000 }, 5000, 3001, "needs_approval"],
  ] as const)("by %o, %i after %i is %s", (policy, total, before, risk) => {
    expect(judgeUnproven(policy, total, before)).toBe(risk);
  });
});
