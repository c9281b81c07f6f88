import type { UnitPrice } from "@weft/kernel";
import { expect, it } from "vitest";
import { cheaperNow, chosen, dueAgain, goesWith, type SoldTogether } from "./suggest.ts";

const NOW = new Date("2026-03-31T12:00:00Z");
const at = (day: string): Date => new Date(`${day}T09:00:00Z`);
const bought = (sku: string, ...days: string[]) => ({ sku, days, lastAt: at(days.at(-1) ?? "2026-01-01") });

it("[ADV-1] suggests again what is bought every so often, when that time is nearly over, and no more once they stayed away", () => {
  const monthly = ["2026-01-01", "2026-02-01", "2026-03-02"];
  expect(dueAgain([bought("BEANS", ...monthly)], NOW)).toEqual([
    { kind: "due_again", sku: "BEANS", everyDays: 31, lastAt: "2026-03-02T09:00:00.000Z", timesBought: 3 },
  ]);
  const recent = bought("BEANS", "2026-01-20", "2026-02-20", "2026-03-20");
  const gone = bought("BEANS", "2025-09-01", "2025-09-10", "2025-09-19");
  const twice = bought("BEANS", "2026-02-01", "2026-03-01");
  const oneDay = bought("BEANS", "2026-03-01", "2026-03-01", "2026-03-01");
  expect([recent, gone, twice, oneDay].flatMap((one) => dueAgain([one], NOW))).toEqual([]);
});

const pair = (over: Partial<SoldTogether>): SoldTogether => ({
  withSku: "CUP",
  withName: { en: "Cup" },
  sku: "CAKE",
  salesWith: 100,
  together: 40,
  sales: 1000,
  salesOf: 100,
  ...over,
});

it("[ADV-2] suggests what is in many sales with what is in the cart, and clearly more often than in others", () => {
  expect(goesWith([pair({})])).toMatchObject([{ sku: "CAKE", withSku: "CUP", percent: 40, sales: 100 }]);
  const seldom = pair({ salesWith: 10, together: 4 });
  const weak = pair({ together: 19 });
  const everybody = pair({ together: 50, salesOf: 480 });
  expect(goesWith([seldom, weak, everybody])).toEqual([]);
  const best = goesWith([pair({}), pair({ withSku: "POT", withName: { en: "Pot" }, together: 60 }), pair({ sku: "BUN", together: 50 })]);
  expect(best.map((one) => [one.sku, one.kind === "goes_with" ? one.percent : null])).toEqual([
    ["CAKE", 60],
    ["BUN", 50],
  ]);
});

const price = (amount: number, currency = "EUR"): UnitPrice => ({ amount, scale: 0, currency, per: { quantity: 1, unit: "piece" } });

it("[ADV-3] says what was saved and costs less now, in the same currency only", () => {
  const saved = ["A", "B", "C", "D"].map((sku) => ({ sku, priceThen: sku === "D" ? null : price(1000), savedAt: at("2026-03-01") }));
  const now = new Map([
    ["A", price(900)],
    ["B", price(1000)],
    ["C", price(900, "CHF")],
    ["D", price(1)],
  ]);
  expect(cheaperNow(saved, (sku) => now.get(sku) ?? null).map(({ sku }) => sku)).toEqual(["A"]);
});

it("[ADV-3] shows each goods once, with what they want before what others bought, nothing of the cart and nothing that nobody has", () => {
  const all = [
    ...cheaperNow([{ sku: "A", priceThen: price(2), savedAt: at("2026-03-01") }], () => price(1)),
    ...goesWith([pair({ sku: "A" }), pair({ sku: "B" }), pair({ sku: "C" }), pair({ sku: "D" })]),
  ];
  const shown = chosen(all, { inCart: new Set(["B"]), canHave: (sku) => sku !== "C" });
  expect(shown.map(({ kind, sku }) => [kind, sku])).toEqual([
    ["cheaper", "A"],
    ["goes_with", "D"],
  ]);
});
