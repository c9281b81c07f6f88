import { expect, it } from "vitest";
import { change, pick, unprovenUnits } from "./unproven.ts";

const MUG = { sku: "MUG", name: "Mug" };

it("picked twice it is two of one line, a fault sets it aside, and none of it is no line [RTN-1]", () => {
  const two = pick(pick([], MUG), MUG);
  expect(unprovenUnits(two)).toEqual([{ sku: "MUG", quantity: 2, reason: "changed_mind", disposition: "restock" }]);
  expect(change(two, "MUG", { reason: "defective" })).toMatchObject([{ quantity: 2, disposition: "quarantine" }]);
  expect(change(two, "MUG", { quantity: 0 })).toEqual([]);
});
