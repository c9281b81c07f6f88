import { expect, it } from "vitest";
import { averageOf, busiestOf, changeOf } from "./compare.ts";

const euro = (amount: number) => ({ amount, currency: "EUR" });
const before = (amount: number, orders = 1) => ({ total: euro(amount), orders });

it("[OFC-3] a day is compared with what the weekday before had sold by the same time, and with nothing where it had sold nothing", () => {
  expect(changeOf({ total: euro(1120), weekBefore: before(1000) })).toBeCloseTo(0.12);
  expect(changeOf({ total: euro(0), weekBefore: before(500) })).toBe(-1);
  expect(changeOf({ total: euro(500), weekBefore: before(0, 0) })).toBeNull();
});

it("[OFC-3] an average is a whole minor unit, and there is none without an order", () => {
  expect(averageOf({ total: euro(1000), orders: 3 })).toEqual(euro(333));
  expect(averageOf({ total: euro(0), orders: 0 })).toBeNull();
});

it("[OFC-3] the busiest hour is the first of those with the most orders; a day without orders has none", () => {
  const hours = (busy: Record<number, number>) => Array.from({ length: 24 }, (_, hour) => ({ orders: busy[hour] ?? 0 }));
  expect(busiestOf(hours({ 9: 4, 17: 4 }))).toBe(9);
  expect(busiestOf(hours({}))).toBeNull();
});
