import { expect, it } from "vitest";
import { isOverfull, spreadAtCounter, whoMoves } from "./at-counter.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 23, 9, minutes));
const room = { Bar: 600, Kitchen: 300 };

it("[PRM-16] a sale over the counter takes the next slot, then the one after it, and what is over stands with the last", () => {
  const slots = [
    { startsAt: at(15), room, atCounter: { Bar: 500 } },
    { startsAt: at(30), room, atCounter: {} },
  ];
  expect(spreadAtCounter({ Bar: 90 }, slots)).toEqual([{ startsAt: at(15), work: { Bar: 90 } }]);
  expect(spreadAtCounter({ Bar: 250, Kitchen: 60 }, slots)).toEqual([
    { startsAt: at(15), work: { Bar: 100, Kitchen: 60 } },
    { startsAt: at(30), work: { Bar: 150 } },
  ]);
  expect(spreadAtCounter({ Bar: 900, Grill: 50 }, slots)).toEqual([
    { startsAt: at(15), work: { Bar: 100, Grill: 50 } },
    { startsAt: at(30), work: { Bar: 800 } },
  ]);
  expect(spreadAtCounter({ Bar: 90 }, [])).toEqual([]);
});

it("[PRM-17] the newest orders leave a slot that holds more than is kept within two minutes, and none that is in nobody's way", () => {
  const orders = [
    { order: "toast", work: { Kitchen: 90 } },
    { order: "second", work: { Bar: 120 } },
    { order: "first", work: { Bar: 120 } },
  ];
  expect(isOverfull(room, { Bar: 720 })).toBe(false);
  expect(whoMoves(room, { Bar: 720, Kitchen: 90 }, orders)).toEqual([]);
  expect(isOverfull(room, { Bar: 721 })).toBe(true);
  expect(whoMoves(room, { Bar: 721, Kitchen: 90 }, orders)).toEqual(["second"]);
  expect(whoMoves(room, { Bar: 1900, Kitchen: 90 }, orders)).toEqual(["second", "first"]);
});
