import { expect, it } from "vitest";
import { partOf, withOneMore, withUnits } from "./parts.ts";

const milk = { sku: "MLK", name: "Milk" };

it("an address without a part, or with an unknown one, shows what arrives", () => {
  expect([partOf(undefined), partOf("waste"), partOf("cellar")]).toEqual(["arrivals", "waste", "arrivals"]);
});

it("scanned twice it is two units, and no units are no line", () => {
  const two = withOneMore(withOneMore([], milk), milk);
  expect(two).toEqual([{ ...milk, quantity: 2 }]);
  expect(withUnits(two, "MLK", 0)).toEqual([]);
});
