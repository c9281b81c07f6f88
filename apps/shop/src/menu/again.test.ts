import type { OrderView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { servedOf, usualOf } from "./again.ts";

type Item = readonly [sku: string, quantity?: number, milk?: string];

// Only what the rule reads; the rest of an order does not matter to it.
const order = (placedAt: string, items: readonly Item[], state: OrderView["state"] = "closed"): OrderView =>
  ({
    placedAt,
    state,
    lines: items.map(([sku, ordered = 1, milk]) => ({
      sku,
      name: { en: sku },
      ordered,
      options: milk === undefined ? [] : [{ group: "milk", value: milk, name: { en: milk } }],
    })),
  }) as unknown as OrderView;
const said = (orders: readonly OrderView[]) => usualOf(orders).map(({ sku, quantity }) => `${quantity} ${sku}`);

it("[AGN-1] the usual is what stands in most orders, in the quantity it had last", () => {
  expect(said([order("2026-01-01", [["latte"], ["cookie"]]), order("2026-01-03", [["latte", 2]]), order("2026-01-02", [["tea"]])])).toEqual(
    ["2 latte"],
  );
});

it("[AGN-1] the same drink with another milk is another thing", () => {
  expect(said([order("2026-01-02", [["latte", 1, "oat"]]), order("2026-01-01", [["latte", 1, "whole"]])])).toEqual(["1 latte"]);
});

it("[AGN-1] where nothing repeats it is the last order, without what was canceled", () => {
  expect(
    said([order("2026-01-01", [["tea"]]), order("2026-01-02", [["latte"], ["cookie"]]), order("2026-01-03", [["mug"]], "canceled")]),
  ).toEqual(["1 latte", "1 cookie"]);
});

it("[AGN-1] what sending cost is nobody's usual, however often it was paid", () => {
  const sent = (day: string, goods: string): OrderView => {
    const { lines, ...rest } = order(day, [[goods], ["DELIVERY"]]);
    return { ...rest, lines: lines.map((line) => (line.sku === "DELIVERY" ? { ...line, kind: "delivery" } : line)) };
  };
  expect(said([sent("2026-01-01", "filters"), sent("2026-01-02", "filters")])).toEqual(["1 filters"]);
  expect(said([sent("2026-01-01", "mug"), sent("2026-01-02", "filters")])).toEqual(["1 filters"]);
});

it("[AGN-1] nobody who has not ordered has a usual", () => {
  expect(usualOf([])).toEqual([]);
});

it("[AGN-1] what was had again lately goes before what was had as often long ago", () => {
  const old = ["2026-01-01", "2026-01-02"].map((day) => order(day, [["tea"]]));
  const recent = ["2026-03-01", "2026-03-02"].map((day) => order(day, [["latte"]]));
  expect(said([...old, ...recent])).toEqual(["1 latte", "1 tea"]);
});

it("[AGN-2] never what the store cannot serve: the next one takes its place, three at most", () => {
  const usual = usualOf([order("2026-01-01", [["a"], ["b"], ["c"], ["d"]]), order("2026-01-02", [["a"], ["b"], ["c"], ["d"]])]);
  expect(servedOf(usual, ({ sku }) => sku !== "b").map(({ sku }) => sku)).toEqual(["a", "c", "d"]);
  expect(servedOf(usual, () => true)).toHaveLength(3);
  expect(servedOf(usual, () => false)).toEqual([]);
});
