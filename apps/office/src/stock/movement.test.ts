import { expect, it } from "vitest";
import { movementOf, undoOf } from "./movement.ts";

const level = { placeId: "0190b1de-0000-7000-8000-0000000000aa", sku: "MUG-RED", onHand: 12 };

it("[STK-7] a count names the figure that the person saw when they began", () => {
  expect(movementOf(level, { kind: "count", quantity: 9, reason: "evening" })).toMatchObject({ counted: 9, changeFromQuantity: 12 });
});

it("[OFC-4] what was booked is taken back by the exact opposite, whatever it was", () => {
  const undone = (["receipt", "waste", "correction", "count"] as const).map((kind) =>
    undoOf(level, { kind, quantity: 5, reason: "x" }, "undo"),
  );
  expect(undone.map((movement) => movement && "quantity" in movement && movement.quantity)).toEqual([-5, 5, -5, 7]);
});

it("[OFC-4] a count that found what was expected leaves nothing to take back", () => {
  expect(undoOf(level, { kind: "count", quantity: 12, reason: "x" }, "undo")).toBeUndefined();
});
