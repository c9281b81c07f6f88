import { describe, expect, it } from "vitest";
import { askedUnits, choose, chooseAll, likelyDisposition, reasonsFor, unitsOf, type OfferedLine } from "./brought.ts";

const line = (n: number, given: Partial<OfferedLine> = {}): OfferedLine => ({
  orderLineId: `0190000${n}-0000-7000-8000-000000000000`,
  sku: `SKU-${n}`,
  name: { en: "Mug" },
  options: [],
  unit: "piece",
  sold: 3,
  returned: 0,
  returnable: 3,
  isRestockable: true,
  isFaultyOnly: false,
  total: { amount: 4200, currency: "EUR" },
  ...given,
});

describe("[RTN-1] what becomes of goods", () => {
  it.each([
    ["changed_mind", true, "restock"],
    ["defective", true, "quarantine"],
    ["defective", false, "write_off"],
    ["other", false, "write_off"],
  ] as const)("%s, restockable %s: %s", (reason, isRestockable, disposition) => {
    expect(likelyDisposition(reason, isRestockable)).toBe(disposition);
  });

  it("follows the reason until somebody says otherwise", () => {
    const first = choose({}, line(1), { quantity: 1 });
    const broken = choose(first, line(1), { reason: "defective" });
    const lost = choose(broken, line(1), { disposition: "write_off" });
    expect([first, broken, lost].map((brought) => unitsOf(brought)[0]?.disposition)).toEqual(["restock", "quarantine", "write_off"]);
  });
});

it("[RET-10] goods that come back only when something is wrong with them are brought for such a reason from the start", () => {
  const food = line(1, { isFaultyOnly: true });
  expect(reasonsFor(food)).toEqual(["defective", "wrong_item", "not_as_described"]);
  expect(unitsOf(choose({}, food, { quantity: 1 }))).toMatchObject([{ reason: "defective", disposition: "quarantine" }]);
  expect(reasonsFor(line(2))).toContain("changed_mind");
});

it("what is asked about is what is brought, whatever was touched first", () => {
  const both = choose(choose({}, line(2), { quantity: 1 }), line(1), { quantity: 2 });
  expect(askedUnits(both)).toBe(`${line(1).orderLineId}:2,${line(2).orderLineId}:1`);
  expect(askedUnits(choose(both, line(1), { quantity: 0 }))).toBe(`${line(2).orderLineId}:1`);
  expect(askedUnits({})).toBeNull();
});

it("everything is what can still come back", () => {
  const all = chooseAll({}, [line(1, { returnable: 2 }), line(2, { returnable: 0 })]);
  expect(unitsOf(all)).toMatchObject([{ orderLineId: line(1).orderLineId, quantity: 2 }]);
});
