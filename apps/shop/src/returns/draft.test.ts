import { expect, it } from "vitest";
import { announced, choose, reasonsFor, type ReturnableLine } from "./draft.ts";

const line = (isFaultyOnly: boolean): ReturnableLine => ({
  orderLineId: "01900001-0000-7000-8000-000000000000",
  name: { en: "Mug" },
  options: [],
  returnable: 2,
  isFaultyOnly,
});

it("[RET-10] goods that come back only when something is wrong with them are announced for such a reason", () => {
  expect(reasonsFor(line(true))).toEqual(["defective", "wrong_item", "not_as_described"]);
  expect(announced(choose({}, line(true), { quantity: 1 }))).toMatchObject([{ quantity: 1, reason: "defective" }]);
  expect(announced(choose({}, line(false), { quantity: 1 }))).toMatchObject([{ reason: "changed_mind" }]);
});

it("a line of nothing is not announced, and its reason stays while its units change", () => {
  const broken = choose(choose({}, line(false), { quantity: 1 }), line(false), { reason: "defective" });
  expect(announced(choose(broken, line(false), { quantity: 2 }))).toMatchObject([{ quantity: 2, reason: "defective" }]);
  expect(announced(choose(broken, line(false), { quantity: 0 }))).toEqual([]);
});
