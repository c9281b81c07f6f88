import { expect, it } from "vitest";
import { inSlot, whenOf } from "./when.ts";

const slot = {
  id: "store.1",
  startsAt: "2026-11-24T11:15:00.000Z",
  endsAt: "2026-11-24T11:30:00.000Z",
  heldUntil: "2026-11-23T10:15:00.000Z",
};
const cart = (held: typeof slot | null) => ({
  fulfillment: { kind: "collect" as const, dining: "take_away" as const, dueAt: null, ...(held && { slot: held }) },
});
const answered = { hold: () => undefined, isAsked: false };
const asked = { ...answered, isAsked: true };
const other = inSlot({ ...slot, id: "store.2" });
const now = { kind: "now" } as const;
const atTime = { kind: "later", at: "2026-11-24T12:00:00.000Z" } as const;

it("[CKO-11] a slot is chosen as the cart says it, wherever it was chosen; what was tapped shows until the hub has answered", () => {
  expect(whenOf(undefined, cart(slot), answered)).toEqual(inSlot(slot));
  expect(whenOf(other, cart(slot), asked)).toEqual(other);
  expect(whenOf(other, cart(slot), answered)).toEqual(inSlot(slot));
  expect(whenOf(other, cart(null), answered)).toEqual(now);
  expect(whenOf(now, cart(slot), asked)).toEqual(now);
});

it("[CKO-11] where nothing is held it is what was chosen on the page: at a store without slots, or of an offer as it stands", () => {
  expect(whenOf(atTime, cart(null), answered)).toEqual(atTime);
  expect(whenOf(undefined, cart(null), answered)).toEqual(now);
  expect(whenOf(other, cart(null), undefined)).toEqual(other);
});
