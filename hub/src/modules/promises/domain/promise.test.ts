import { describe, expect, it } from "vitest";
import { nearestAlternative } from "./nearest.ts";
import { expectedOn, promiseFor, promiseForAll, saleState, type PromisedGoods, type PromisingPlace } from "./promise.ts";

const CROISSANT: PromisedGoods = { inAssortment: true, soldOut: null, tracked: true, available: 4, prepSeconds: 0, unit: "piece" };
const CAPPUCCINO: PromisedGoods = { inAssortment: true, soldOut: null, tracked: false, available: null, prepSeconds: 50, unit: "piece" };
/** Open from 8 to 18 every day, ready in 5 minutes. */
const LYON: PromisingPlace = {
  isServing: true,
  hours: { weekly: Array.from({ length: 7 }, () => [{ from: 8 * 60, until: 18 * 60 }]), exceptions: [] },
  timeZone: "Europe/Paris",
  collectReadyMinutes: 5,
};
const MORNING = new Date("2026-03-02T09:00:00Z"); // 10:00 in Lyon

describe("a promise", () => {
  it("[PRM-1] is ready after the store's time and the work on every unit", () => {
    expect(promiseFor(CROISSANT, LYON, 4, MORNING)).toEqual({
      inAssortment: true,
      tracked: true,
      available: 4,
      method: "take_away",
      because: null,
      promiseAt: new Date("2026-03-02T09:05:00Z"),
    });
    expect(promiseFor(CAPPUCCINO, LYON, 3, MORNING)).toMatchObject({ available: null, promiseAt: new Date("2026-03-02T09:07:30Z") });
  });

  it("[PRM-3] made while the store is closed is for after its opening, and says when that is", () => {
    const night = new Date("2026-03-02T21:00:00Z");
    expect(promiseFor(CROISSANT, LYON, 1, night)).toMatchObject({
      method: "collect",
      promiseAt: new Date("2026-03-03T07:05:00Z"),
      because: { kind: "opens_later", data: { opensAt: "2026-03-03T07:00:00.000Z" } },
    });
  });

  it("[PRM-3] that would be ready after closing is for the next opening", () => {
    const minutesBeforeClosing = new Date("2026-03-02T16:56:00Z");
    expect(promiseFor(CROISSANT, LYON, 1, minutesBeforeClosing)).toMatchObject({
      method: "collect",
      promiseAt: new Date("2026-03-03T07:05:00Z"),
      because: { kind: "ready_after_closing" },
    });
    expect(promiseFor(CROISSANT, LYON, 1, new Date("2026-03-02T16:55:00Z"))).toMatchObject({ method: "take_away", because: null });
  });

  it("[PRM-3] skips the days on which the store stays closed", () => {
    const hours = {
      ...LYON.hours,
      exceptions: ["2026-03-03", "2026-03-04"].map((date) => ({ date, name: "Works", intervals: [] })),
    };
    expect(promiseFor(CROISSANT, { ...LYON, hours }, 1, new Date("2026-03-02T21:00:00Z")).promiseAt).toEqual(
      new Date("2026-03-05T07:05:00Z"),
    );
  });

  it("at a store that never closes is always for now", () => {
    const hours = { weekly: Array.from({ length: 7 }, () => [{ from: 0, until: 1440 }]), exceptions: [] };
    expect(promiseFor(CROISSANT, { ...LYON, hours }, 1, MORNING)).toMatchObject({ method: "take_away", because: null });
  });
});

describe("no promise", () => {
  const NEVER: PromisingPlace = { ...LYON, hours: { weekly: Array.from({ length: 7 }, () => []), exceptions: [] } };
  it.each<[string, PromisedGoods, PromisingPlace, number, object]>([
    ["the place serves nobody", { ...CROISSANT, inAssortment: false }, { ...LYON, isServing: false }, 1, { kind: "place_closed" }],
    ["it is not sold there", { ...CROISSANT, inAssortment: false, available: 0 }, LYON, 1, { kind: "not_sold_here" }],
    [
      "it is sold out until somebody says so",
      { ...CAPPUCCINO, soldOut: { until: null } },
      LYON,
      1,
      { kind: "sold_out", data: { until: null } },
    ],
    [
      "it is sold out until noon",
      { ...CROISSANT, soldOut: { until: new Date("2026-03-02T11:00:00Z") } },
      LYON,
      1,
      { kind: "sold_out", data: { until: "2026-03-02T11:00:00.000Z" } },
    ],
    ["there are too few", CROISSANT, LYON, 5, { kind: "stock_short", data: { available: 4, requested: 5 } }],
    ["there are fewer than none", { ...CROISSANT, available: -2 }, LYON, 1, { kind: "stock_short", data: { available: 0, requested: 1 } }],
    [
      "the place keeps no level of it",
      { ...CROISSANT, available: null },
      LYON,
      1,
      { kind: "stock_short", data: { available: 0, requested: 1 } },
    ],
    ["the place never opens", CROISSANT, NEVER, 1, { kind: "place_closed" }],
  ])("[PRM-2] when %s", (_, goods, place, quantity, because) => {
    expect(promiseFor(goods, place, quantity, MORNING)).toMatchObject({ method: null, promiseAt: null, because });
  });
});

it("[PRM-32] more is expected on the first day on which what is on its way makes it enough; what is late says nothing", () => {
  const arrivals = [
    { on: "2026-03-01", quantity: 50 },
    { on: "2026-03-04", quantity: 2 },
    { on: "2026-03-06", quantity: 3 },
  ];
  const on = (available: number, wanted: number) => expectedOn(available, wanted, arrivals, "2026-03-02");
  expect([on(0, 1), on(0, 2), on(1, 4), on(0, 6), on(1, 6)]).toEqual(["2026-03-04", "2026-03-04", "2026-03-06", null, "2026-03-06"]);
});

describe("[PRM-41] what is sold before it is there", () => {
  const AHEAD: PromisedGoods = { ...CROISSANT, available: 1, ahead: { kind: "backorder", left: 3, on: "2026-03-12" } };

  it("is promised for the day on which it comes, from the opening of the store on, with the units that wait", () => {
    expect(promiseFor(AHEAD, LYON, 3, MORNING)).toMatchObject({
      available: 1,
      method: "collect",
      promiseAt: new Date("2026-03-12T07:05:00Z"),
      because: { kind: "backorder", data: { units: 2, on: "2026-03-12" } },
    });
  });

  it("is promised as any while enough is there, and refused beyond what is sold ahead", () => {
    expect(promiseFor(AHEAD, LYON, 1, MORNING)).toMatchObject({ method: "take_away", because: null });
    expect(promiseFor(AHEAD, LYON, 5, MORNING)).toMatchObject({
      promiseAt: null,
      because: { kind: "stock_short", data: { available: 4, requested: 5 } },
    });
    expect(promiseFor({ ...AHEAD, soldOut: { until: null } }, LYON, 2, MORNING)).toMatchObject({ because: { kind: "sold_out" } });
  });

  it("keeps goods that are ordered together until the last of them comes", () => {
    const later: PromisedGoods = { ...AHEAD, available: 0, ahead: { kind: "preorder", left: 9, on: "2026-04-01" } };
    const wishes = [AHEAD, later].map((goods) => ({ goods, quantity: 2 }));
    expect(promiseForAll(wishes, LYON, MORNING)).toMatchObject({ because: { kind: "preorder", data: { on: "2026-04-01" } } });
  });

  it("helps nobody who needs it now: a place that waits itself is no other place to go to", () => {
    const here = { latitude: 45.7, longitude: 4.8 };
    const candidate = (goods: PromisedGoods) => ({ placeId: "p", ...here, promise: promiseFor(goods, LYON, 2, MORNING) });
    expect(nearestAlternative(here, [candidate(AHEAD)])).toBeUndefined();
    expect(nearestAlternative(here, [candidate({ ...AHEAD, available: 2 })])).toBeDefined();
  });

  it("is told of several places as what comes first, and as in stock where one has it", () => {
    const none: PromisedGoods = { ...CROISSANT, available: 0 };
    const early: PromisedGoods = { ...none, ahead: { kind: "backorder", left: 1, on: "2026-03-10" } };
    const over: PromisedGoods = { ...none, ahead: { kind: "backorder", left: 0, on: "2026-03-09" } };
    expect(saleState([none, early, over, { ...AHEAD, available: 0 }])).toEqual({ kind: "backorder", on: "2026-03-10" });
    expect(saleState([early, AHEAD])).toEqual({ kind: "in_stock" });
    expect(saleState([none, { ...AHEAD, soldOut: { until: null } }])).toEqual({ kind: "out_of_stock" });
    expect(saleState([CAPPUCCINO])).toEqual({ kind: "in_stock" });
    expect(saleState([])).toEqual({ kind: "out_of_stock" });
  });
});
