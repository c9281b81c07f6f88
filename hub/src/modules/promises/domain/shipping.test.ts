import type { EntityId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import {
  jointShipping,
  methodsTo,
  nearness,
  shippingPromise,
  type DeliveryMethod,
  type DeliveryMethodId,
  type ShippedGoods,
  type ShippingPlace,
} from "./index.ts";

const MUG: ShippedGoods = {
  inAssortment: true,
  soldOut: null,
  tracked: true,
  available: 4,
  prepSeconds: 0,
  unit: "piece",
  isShippable: true,
};
/** Packs from Monday to Friday, until 14:00 on the same day; rests on the 25th of December. */
const DEPOT: ShippingPlace = {
  isShipping: true,
  hours: {
    weekly: [...Array.from({ length: 5 }, () => [{ from: 6 * 60, until: 18 * 60 }]), [], []],
    exceptions: [{ date: "2026-12-25", name: "Noël", intervals: [] }],
  },
  timeZone: "Europe/Paris",
  cutOffMinutes: 14 * 60,
};
const STANDARD: DeliveryMethod = {
  id: "01900000-0000-7000-8000-000000000001" as DeliveryMethodId, // ids of this test
  entityId: "01900000-0000-7000-8000-000000000002" as EntityId, // the same
  name: { en: "Standard" },
  price: 490,
  currency: "EUR",
  taxClass: "goods",
  freeFrom: 3500,
  countries: ["FR", "DE"],
  leadDays: 2,
  position: 0,
  isActive: true,
};
const one = (goods: Partial<ShippedGoods> = {}, quantity = 1) => [{ goods: { ...MUG, ...goods }, quantity }];
const at = (iso: string) => shippingPromise(one(), DEPOT, STANDARD, "FR", new Date(iso));

describe("[PRM-9] a shipped promise", () => {
  it.each([
    ["on a Monday morning: leaves today, is there on Wednesday", "2026-03-02T09:00:00Z", "2026-03-02T13:00:00Z", "2026-03-04T19:00:00Z"],
    ["at the minute of the cut-off", "2026-03-02T13:00:59Z", "2026-03-02T13:00:00Z", "2026-03-04T19:00:00Z"],
    ["after the cut-off: leaves tomorrow", "2026-03-02T13:01:00Z", "2026-03-03T13:00:00Z", "2026-03-05T19:00:00Z"],
    ["on a Friday afternoon: over the weekend", "2026-03-06T16:00:00Z", "2026-03-09T13:00:00Z", "2026-03-11T19:00:00Z"],
    ["on a Thursday: carriers rest on Saturday and Sunday", "2026-03-05T09:00:00Z", "2026-03-05T13:00:00Z", "2026-03-09T19:00:00Z"],
    ["over the night of the clock change", "2026-03-27T09:00:00Z", "2026-03-27T13:00:00Z", "2026-03-31T18:00:00Z"],
    ["on a day on which the depot rests", "2026-12-25T09:00:00Z", "2026-12-28T13:00:00Z", "2026-12-30T19:00:00Z"],
  ])("%s", (_, now, shipBy, promiseAt) => {
    expect(at(now)).toEqual({ method: "ship", because: null, shipBy: new Date(shipBy), promiseAt: new Date(promiseAt) });
  });

  it.each<[string, ReturnType<typeof shippingPromise>, string]>([
    ["to a country that is not served", shippingPromise(one(), DEPOT, STANDARD, "IT", new Date()), "not_shipped_to"],
    ["by a way that has ended", shippingPromise(one(), DEPOT, { ...STANDARD, isActive: false }, "FR", new Date()), "not_shipped_to"],
    ["from nowhere", shippingPromise(one(), null, STANDARD, "FR", new Date()), "no_shipping_place"],
    ["from a closed place", shippingPromise(one(), { ...DEPOT, isShipping: false }, STANDARD, "FR", new Date()), "place_closed"],
    ["of what may not travel", shippingPromise(one({ isShippable: false }), DEPOT, STANDARD, "FR", new Date()), "not_shippable"],
    ["of what is made to order", shippingPromise(one({ tracked: false }), DEPOT, STANDARD, "FR", new Date()), "not_shippable"],
    ["of what the place does not sell", shippingPromise(one({ inAssortment: false }), DEPOT, STANDARD, "FR", new Date()), "not_sold_here"],
    ["of more than there is", shippingPromise(one({}, 5), DEPOT, STANDARD, "FR", new Date()), "stock_short"],
    [
      "from a place that never packs",
      shippingPromise(one(), { ...DEPOT, hours: { weekly: [], exceptions: [] } }, STANDARD, "FR", new Date()),
      "place_closed",
    ],
  ])("is not given %s, with the reason", (_, promise, kind) => {
    expect(promise).toMatchObject({ method: null, promiseAt: null, shipBy: null, because: { kind } });
  });
});

it("[PRM-21] an address is the nearer to a place the more of its postcode is the same, and to none abroad", () => {
  const to = { country: "FR", postcode: "75011" };
  const near = (postcode: string, country = "FR") => nearness({ postcode, country }, to);
  expect(near("75010")).toBeGreaterThan(near("75999"));
  expect(near("75999")).toBeGreaterThan(near("69002"));
  expect(near("69002")).toBeGreaterThan(near("75011", "DE"));
  expect(nearness({ postcode: "69002", country: "FR" }, { country: "FR", postcode: null })).toBe(near("69002"));
});

describe("[PRM-22] what several parcels promise together", () => {
  const promise = (day: string | null) => ({
    method: day ? ("ship" as const) : null,
    promiseAt: day ? new Date(day) : null,
    shipBy: null,
    because: day ? null : { kind: "stock_short" },
  });

  it("is the day of the last, and what keeps one of them keeps all", () => {
    const [soon, late] = [promise("2026-03-04T19:00:00Z"), promise("2026-03-05T19:00:00Z")];
    expect(jointShipping([soon, late])).toBe(late);
    expect(jointShipping([late, soon])).toBe(late);
    expect(jointShipping([soon, promise(null), late])).toMatchObject({ promiseAt: null, because: { kind: "stock_short" } });
    expect(jointShipping([])).toMatchObject({ promiseAt: null, because: { kind: "no_shipping_place" } });
  });
});

it("ways of shipping come in their order, without those that have ended or go elsewhere", () => {
  const express = { ...STANDARD, position: 1, price: 990 };
  expect(methodsTo([express, STANDARD, { ...STANDARD, isActive: false }, { ...STANDARD, countries: ["ES"] }], "DE")).toEqual([
    STANDARD,
    express,
  ]);
});
