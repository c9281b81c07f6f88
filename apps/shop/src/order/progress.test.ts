import type { FulfillmentView, OrderView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { changesOf, isUnderway, stepOf, stepsOf } from "./progress.ts";

// Only what the rule reads of an order.
const order = (...states: readonly FulfillmentView["state"][]): OrderView =>
  ({ state: "placed", fulfillmentState: "open", fulfillments: states.map((state) => ({ state })) }) as unknown as OrderView;

it("[ORD-S1] an order stands where its slowest part stands", () => {
  expect(stepOf(order("ready", "in_preparation"))).toBe("in_preparation");
  expect(stepOf(order("collected", "collected"))).toBe("collected");
  expect(stepOf(order("planned"))).toBe("placed");
  expect(stepOf(order("packed"))).toBe("in_preparation");
});

it("[ORD-S1] a parcel is followed to the door", () => {
  const parcel = (state: FulfillmentView["state"]): OrderView =>
    ({ state: "placed", fulfillmentState: "open", fulfillments: [{ kind: "ship", state }] }) as unknown as OrderView; // what the rule reads
  expect(stepsOf(parcel("planned")).at(-1)).toBe("delivered");
  expect(stepOf(parcel("in_preparation"))).toBe("packed");
  expect(stepOf(parcel("dispatched"))).toBe("dispatched");
  expect(stepOf(parcel("rejected"))).toBeNull();
});

it("[ORD-S1] what is fetched after all is followed to the counter", () => {
  const fulfillments = [
    { kind: "ship", state: "canceled" },
    { kind: "collect", state: "in_preparation" },
  ];
  const switched = { state: "placed", fulfillmentState: "open", fulfillments } as unknown as OrderView; // what the rule reads
  expect([stepsOf(switched).at(-1), stepOf(switched)]).toEqual(["collected", "in_preparation"]);
});

it("[ORD-S1] what was taken along waits for nothing: an order stands where the parcel of it stands", () => {
  const mixed = (state: FulfillmentView["state"]): OrderView => ({
    ...order(),
    // What the rule reads of parts.
    fulfillments: [{ kind: "take_away", state: "collected" } as FulfillmentView, { kind: "ship", state } as FulfillmentView],
  });
  expect([stepOf(mixed("planned")), stepOf(mixed("dispatched")), stepOf(mixed("delivered"))]).toEqual([
    "placed",
    "dispatched",
    "delivered",
  ]);
});

it("[ORD-S1] a part that will not come holds up nothing; with no part left there is no step", () => {
  expect(stepOf(order("ready", "rejected"))).toBe("ready");
  expect(stepOf(order("canceled"))).toBeNull();
  expect(stepOf({ ...order("ready"), state: "canceled" })).toBeNull();
});

it("[ORD-S1] history without fulfillments was handed over", () => {
  expect(stepOf({ ...order(), fulfillmentState: "fulfilled" })).toBe("collected");
  expect(isUnderway({ ...order(), fulfillmentState: "fulfilled" })).toBe(false);
  expect(isUnderway(order("ready"))).toBe(true);
});

it("[ORD-S2] tells refused units once per line and store, and where they are instead", () => {
  const refused = (quantity: number, movedToPlaceName: string | null) =>
    ({ refused: [{ orderLineId: "a", quantity, reason: "other", movedToPlaceName }] }) as unknown as OrderView["fulfillments"][number]; // what the rule reads
  const lines = [{ id: "a", name: { en: "Mug" } }] as unknown as OrderView["lines"]; // the same
  const sent = { ...refused(1, "Paris"), kind: "ship" as const };
  expect(changesOf({ fulfillments: [sent], lines })).toMatchObject([{ store: "Paris", isSent: true }]);
  expect(changesOf({ fulfillments: [refused(1, null), refused(2, null), refused(1, "Paris")], lines })).toEqual([
    { orderLineId: "a", name: { en: "Mug" }, quantity: 3, store: null, isWish: false, isSent: false, waits: false },
    { orderLineId: "a", name: { en: "Mug" }, quantity: 1, store: "Paris", isWish: false, isSent: false, waits: false },
  ]);
  const late = { ...refused(1, "Lyon"), placeName: "Lyon" };
  expect(changesOf({ fulfillments: [late], lines })).toMatchObject([{ store: "Lyon", waits: true }]);
});
