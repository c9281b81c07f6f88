import type { CartView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { completionOf, looksLikeEmail, tipIn, type Plan } from "./checkout-plan.ts";

const total = { amount: 870, currency: "EUR" };
const cart = { totals: { total }, delivery: null, lines: [] as CartView["lines"] } as CartView; // what the rule reads
const plan: Plan = {
  storeId: "lille",
  when: { kind: "now" },
  pay: "card",
  email: " ",
  name: "",
  language: "fr",
  cardToken: "sandbox_approve",
};

it("[CKO-1] now and by card: taken away, for the total that was shown, without an empty contact", () => {
  expect(completionOf(plan, cart, null)).toEqual({
    fulfillment: { kind: "take_away", placeId: "lille", dining: "take_away", dueAt: null },
    tenders: [{ kind: "card", token: "sandbox_approve" }],
    expectedTotal: total,
  });
});

it("[CKO-1] at a time and at the store: collected then, due there, for whom it is", () => {
  const later: Plan = {
    ...plan,
    when: { kind: "later", at: "2026-11-22T09:30:00Z" },
    pay: "store",
    email: " lea@example.org ",
    name: "Léa",
  };
  expect(completionOf(later, cart, "2026-11-22T08:13:00Z")).toMatchObject({
    fulfillment: { kind: "collect", dueAt: "2026-11-22T09:30:00Z" },
    tenders: [{ kind: "due_at_collection" }],
    contact: { email: "lea@example.org", name: "Léa", language: "fr" },
  });
});

it("[CKO-1] as soon as possible at a closed store is a collection at the promised time", () => {
  expect(completionOf(plan, cart, "2026-11-22T08:13:00Z").fulfillment).toMatchObject({ kind: "collect", dueAt: "2026-11-22T08:13:00Z" });
});

it("[CKO-2] a parcel is paid by card, whatever was chosen before, and leaves from where the hub says", () => {
  const parcel = { ...cart, delivery: { country: "FR" } } as CartView; // what the rule reads
  expect(completionOf({ ...plan, pay: "store" }, parcel, "2026-11-22T08:13:00Z")).toMatchObject({
    fulfillment: { kind: "ship" },
    tenders: [{ kind: "card", token: "sandbox_approve" }],
  });
});

it("an address that cannot be one is told from one that may be", () => {
  expect(["lea@example.org", "l.é+a@cafe.example.cat"].every(looksLikeEmail)).toBe(true);
  expect(["lea", "lea@", "lea@example", "l a@example.org"].some(looksLikeEmail)).toBe(false);
});

it("[PRM-12] in a slot it is asked for by the name of the slot, which says its time itself", () => {
  const later: Plan = { ...plan, when: { kind: "later", at: "2026-11-22T09:30:00Z", slotId: "lille.29" } };
  expect(completionOf(later, cart, null).fulfillment).toEqual({
    kind: "collect",
    placeId: "lille",
    dining: "take_away",
    slotId: "lille.29",
  });
});

it("[CHK-17] with a gift card in it all is paid at once", () => {
  const gift = { ...cart, lines: [{ isGiftCard: true }] as CartView["lines"] }; // what the rule reads
  for (const pay of ["store", "account"] as const)
    expect(completionOf({ ...plan, pay }, gift, null).tenders).toEqual([{ kind: "card", token: "sandbox_approve" }]);
});

it("[PAY-46] a tip goes with a card for what a store hands over, beside the total, and with nothing else", () => {
  const tipped: Plan = { ...plan, tipPercent: 10 };
  expect(completionOf(tipped, cart, null)).toMatchObject({ tenders: [{ kind: "card", tip: 90 }], expectedTotal: total });
  expect(completionOf({ ...tipped, pay: "store" }, cart, null).tenders).toEqual([{ kind: "due_at_collection" }]);
  const parcel = { ...cart, delivery: { country: "FR" } } as CartView; // what the rule reads
  expect([tipIn(tipped, parcel), tipIn(plan, cart)]).toEqual([0, 0]);
});
