import { expect, it } from "vitest";
import { unitsOf, withLine, withQuantity } from "./lines-draft.ts";

const beans = { sku: "BEA-250", name: null, quantity: 2 };
const mug = { sku: "MUG", name: null, quantity: 1 };

it("the same goods written down twice are one line", () => {
  expect(unitsOf(withLine([beans, mug], { ...beans, quantity: 3 }))).toEqual([
    { sku: "BEA-250", quantity: 5 },
    { sku: "MUG", quantity: 1 },
  ]);
});

it("a quantity of nothing takes the line out", () => {
  expect(withQuantity([beans, mug], "MUG", 0)).toEqual([beans]);
  expect(withQuantity([beans, mug], "MUG", 4)).toEqual([beans, { ...mug, quantity: 4 }]);
});
