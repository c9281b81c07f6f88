import { expect, it } from "vitest";
import { secondsFor, workOn } from "./work.ts";

const cup = { prepSeconds: 60, unit: "piece", batchPercent: 50, station: "Bar", productId: "cappuccino" };
const toast = { prepSeconds: 90, unit: "piece", station: "Kitchen", productId: "toast" };

it("[PRM-15] further pieces of the same product take their share, whichever line they are on", () => {
  expect(workOn([{ ...cup, quantity: 3 }])).toEqual({ seconds: 120, at: { Bar: 120 } });
  const slower = { ...cup, prepSeconds: 75, quantity: 1 };
  const both = [{ ...cup, quantity: 2 }, slower];
  expect(workOn(both)).toEqual({ seconds: 135, at: { Bar: 135 } });
  expect(workOn(both.toReversed())).toEqual(workOn(both));
});

it("[PRM-15] each station has its own; a weighing counts once, and what nobody makes for nothing", () => {
  const lines = [
    { ...cup, quantity: 1 },
    { ...toast, quantity: 2 },
    { prepSeconds: 20, unit: "gram", quantity: 350, station: "Bar", productId: "beans" },
    { prepSeconds: 0, unit: "piece", quantity: 4, station: "Bar", productId: "mug" },
  ];
  expect(workOn(lines)).toEqual({ seconds: 260, at: { Bar: 80, Kitchen: 180 } });
  expect([secondsFor(cup, 1), secondsFor(cup, 3), secondsFor(toast, 2)]).toEqual([60, 120, 180]);
});
