import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntityId, LineId } from "@weft/kernel";
import { testId } from "../../../../test/goods-hub.ts";
import { isFromAfar, judgeReturn, planReturn, returnableUntil, returnPolicyOf, type BroughtOrder, type ReturnableLine } from "./index.ts";

const VAT = { numerator: 20, denominator: 100 };
const line = (n: number, given: Partial<ReturnableLine> = {}): ReturnableLine => ({
  id: testId<LineId>("line", n),
  kind: "goods",
  deposit: null,
  ordered: 3,
  canceled: 0,
  fulfilled: 3,
  returned: 0,
  total: 1000,
  tax: 167,
  taxRate: VAT,
  isRestockable: true,
  isFaultyOnly: false,
  ...given,
});
const units = (n: number, quantity: number, disposition: "restock" | "quarantine" | "write_off" = "restock") => ({
  orderLineId: testId<LineId>("line", n),
  quantity,
  reason: "changed_mind" as const,
  disposition,
});
const must = (...given: Parameters<typeof planReturn>) => {
  const planned = planReturn(...given);
  if (!planned.ok) throw new Error(planned.error.code);
  return planned.value;
};

describe("[RET-6] what goes back", () => {
  it("is each line's cumulative share: of three for 10.00 one at a time 3.33, 3.34 and 3.33, tax in it", () => {
    const shares = [0, 1, 2].map((returned) => must([line(1, { returned })], [units(1, 1)]));
    expect(shares.map(({ total }) => total)).toEqual([333, 334, 333]);
    expect(shares.reduce((sum, { tax }) => sum + tax, 0)).toBe(167);
  });

  it("counts canceled units as given up, so that any way of giving up sums to what was paid", () => {
    const canceledFirst = must([line(1, { canceled: 1, fulfilled: 2 })], [units(1, 2)]).total;
    expect(canceledFirst).toBe(1000 - 333);
  });

  it("is the same for one line that stands twice as for its units at once", () => {
    const split = must([line(1)], [units(1, 1), units(1, 2, "write_off")]);
    expect(split.units.map(({ total, disposition }) => [total, disposition])).toEqual([
      [333, "restock"],
      [667, "write_off"],
    ]);
    expect(split.total).toBe(must([line(1)], [units(1, 3)]).total);
  });

  it("holds the charge for shipping with the last of the goods, and not before", () => {
    const order = [line(1), line(2, { kind: "delivery", ordered: 1, fulfilled: 1, total: 490, tax: 82 })];
    expect(must(order, [units(1, 2)])).toMatchObject({ delivery: 0, isWhole: false, total: 667 });
    expect(must([line(1, { returned: 2 }), order[1] ?? line(2)], [units(1, 1)])).toMatchObject({
      delivery: 490,
      isWhole: true,
      total: 823,
    });
    // Units that were not handed over yet stay owed.
    expect(must([line(1, { fulfilled: 2 }), order[1] ?? line(2)], [units(1, 2)])).toMatchObject({ delivery: 0, isWhole: false });
  });

  it("adds up by rate", () => {
    const reduced = { numerator: 55, denominator: 1000 };
    const plan = must([line(1), line(2, { total: 530, tax: 28, taxRate: reduced })], [units(1, 3), units(2, 3)]);
    expect(plan.taxes).toEqual([
      { rate: VAT, net: 833, tax: 167, gross: 1000 },
      { rate: reduced, net: 502, tax: 28, gross: 530 },
    ]);
  });

  it("refuses what was not handed over, came back already, is no goods of the order, or cannot go back on a shelf", () => {
    expect(planReturn([line(1, { fulfilled: 2, returned: 1 })], [units(1, 2)])).toMatchObject({
      error: { code: "return.units_gone", requested: 2, returnable: 1 },
    });
    expect(planReturn([line(1)], [units(1, 2), units(1, 2)])).toMatchObject({ error: { code: "return.units_gone", returnable: 1 } });
    expect(planReturn([line(1)], [units(2, 1)])).toMatchObject({ error: { code: "return.line_unknown" } });
    expect(planReturn([line(1, { kind: "delivery" })], [units(1, 1)])).toMatchObject({ error: { code: "return.line_unknown" } });
    expect(planReturn([line(1, { isRestockable: false })], [units(1, 1)])).toMatchObject({ error: { code: "return.not_restockable" } });
  });

  it("sums to exactly what was paid, whatever the order of cancels and returns", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        (ordered, total, cancels) => {
          const tax = Math.floor(total / 6);
          let [canceled, returned, back, taxBack] = [0, 0, 0, 0];
          for (const isCanceled of cancels.slice(0, ordered)) {
            const plan = must([line(1, { ordered, canceled, fulfilled: ordered - canceled, returned, total, tax })], [units(1, 1)]);
            [back, taxBack] = [back + plan.total, taxBack + plan.tax];
            expect(plan.tax).toBeLessThanOrEqual(plan.total);
            if (isCanceled) canceled += 1;
            else returned += 1;
          }
          expect([back, taxBack]).toEqual([total, tax]);
        },
      ),
    );
  });
});

describe("[RET-7] whether something comes back", () => {
  const entityId = testId<EntityId>("entity", 1);
  const order: BroughtOrder = {
    mode: "live",
    entityId,
    currency: "EUR",
    countedFrom: "2026-03-01",
    isFromAfar: false,
    returnable: 2,
    refundTo: "tender",
    isKnown: false,
    returnsOfCustomer: 0,
  };
  const place = { entityId, currency: "EUR", today: "2026-03-20" };
  const policy = { days: 30, daysFromAfar: 14, mostPerCustomer: { returns: 2, days: 90 }, faultyOnly: [], isParcelFree: false };

  it("does until the last day, and says which that was", () => {
    expect(returnableUntil(order, policy)).toBe("2026-03-31");
    expect(judgeReturn(order, { ...place, today: "2026-03-31" }, policy)).toBeNull();
    expect(judgeReturn(order, { ...place, today: "2026-04-01" }, policy)).toEqual({ kind: "too_late", data: { until: "2026-03-31" } });
  });

  it("[RET-10] does from afar as many days as are set for that, from the day on which it was received", () => {
    const received = { ...order, isFromAfar: true, countedFrom: "2026-03-05" };
    expect(returnableUntil(received, policy)).toBe("2026-03-19");
    expect(judgeReturn(received, { ...place, today: "2026-03-19" }, policy)).toBeNull();
    expect(judgeReturn(received, { ...place, today: "2026-03-20" }, policy)).toMatchObject({ kind: "too_late" });
    expect(["web", "app", "phone", "messaging"].every((kind) => isFromAfar(kind as "web"))).toBe(true); // kinds of channels
    expect(isFromAfar("store")).toBe(false);
  });

  it("[RET-10] takes what a place sets: days, how often, and the categories of which only faulty goods come back", () => {
    const settings = {
      returnDays: 14,
      returnDaysFromAfar: 100,
      returnsPerCustomer: 0,
      returnFaultyOnly: " bakery, drinks,,",
      returnParcelFree: 1,
    };
    expect(returnPolicyOf(settings)).toEqual({
      days: 14,
      daysFromAfar: 100,
      mostPerCustomer: null,
      faultyOnly: ["bakery", "drinks"],
      isParcelFree: true,
    });
    expect(returnPolicyOf({ ...settings, returnsPerCustomer: 3 }).mostPerCustomer).toEqual({ returns: 3, days: 30 });
  });

  it.each([
    ["changed_mind", false],
    ["other", false],
    ["defective", true],
    ["wrong_item", true],
    ["not_as_described", true],
  ] as const)("[RET-10] of goods that come back only when something is wrong, %s: %s", (reason, isTaken) => {
    const planned = planReturn([line(1, { isFaultyOnly: true })], [{ ...units(1, 1, "write_off"), reason }]);
    expect(planned).toMatchObject(isTaken ? { ok: true } : { error: { code: "return.faulty_only" } });
  });

  it.each([
    ["imported", { mode: "imported" }],
    ["nothing_left", { returnable: 0 }],
    ["store_credit_only", { refundTo: "store_credit" }],
    ["other_entity", { entityId: testId<EntityId>("entity", 2) }],
    ["other_entity", { currency: "CHF" }],
    ["too_many", { returnsOfCustomer: 2 }],
  ] as const)("does not: %s", (kind, given) => {
    expect(judgeReturn({ ...order, ...given }, place, policy)).toMatchObject({ kind });
  });
});
