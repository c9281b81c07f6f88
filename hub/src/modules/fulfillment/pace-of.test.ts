import { newId, type ProductId } from "@weft/kernel";
import { expect, it } from "vitest";
import { learnedSeconds, quantile, samplesOf, type MadeLine } from "./pace-of.ts";

const CAPPUCCINO = newId<ProductId>();
const at = (seconds: number) => new Date(Date.UTC(2026, 2, 2, 9) + seconds * 1000);
const line = (given: Partial<MadeLine> & { readonly orderId: string; readonly madeAt: Date }): MadeLine => ({
  productId: CAPPUCCINO,
  station: "Bar",
  quantity: 1,
  setSeconds: 50,
  placedAt: at(0),
  isAhead: false,
  ...given,
});
const seconds = (lines: readonly MadeLine[]) => samplesOf(lines).map((sample) => sample.seconds);

it("[QUE-1] a line takes from its order, or from the line before, until it is made", () => {
  expect(seconds([line({ orderId: "a", madeAt: at(60) }), line({ orderId: "b", madeAt: at(100) })])).toEqual([60, 40]);
  const later = line({ orderId: "c", placedAt: at(500), madeAt: at(545) });
  expect(seconds([line({ orderId: "a", madeAt: at(60) }), later])).toEqual([60, 45]);
});

it("[QUE-1] stations work beside each other, and lines of one tap share its time by what is set", () => {
  const kitchen = line({ orderId: "a", station: "Kitchen", madeAt: at(90) });
  expect(seconds([line({ orderId: "a", madeAt: at(60) }), kitchen])).toEqual([60, 90]);
  const two = [line({ orderId: "a", madeAt: at(90), setSeconds: 20 }), line({ orderId: "a", madeAt: at(90), setSeconds: 40, quantity: 2 })];
  expect(seconds(two)).toEqual([18, 36]);
});

it("[QUE-1] what was ordered ahead counts from the line before alone, and a tap that came late, or after a pause, says nothing", () => {
  expect(seconds([line({ orderId: "a", isAhead: true, madeAt: at(3000) })])).toEqual([]);
  expect(seconds([line({ orderId: "a", madeAt: at(60) }), line({ orderId: "b", isAhead: true, madeAt: at(110) })])).toEqual([60, 50]);
  expect(
    seconds([line({ orderId: "a", madeAt: at(60) }), line({ orderId: "b", madeAt: at(61) }), line({ orderId: "c", madeAt: at(9000) })]),
  ).toEqual([60]);
});

it("[QUE-2] what is learned is the median, within half and double of what is set, and nothing from too few", () => {
  const times = (value: number, count: number) => Array.from({ length: count }, () => value);
  expect(learnedSeconds([...times(40, 6), ...times(70, 5)], 50)).toBe(40);
  expect(learnedSeconds(times(10, 10), 50)).toBe(25);
  expect(learnedSeconds(times(500, 10), 50)).toBe(100);
  expect(learnedSeconds(times(40, 9), 50)).toBeNull();
  expect([quantile([], 0.5), quantile([1, 2, 3, 4], 0.5), quantile([1, 2, 3, 4], 0.9)]).toEqual([null, 2, 4]);
});
