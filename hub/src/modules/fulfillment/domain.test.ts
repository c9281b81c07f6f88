import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectCode, move, promisedAt, type FulfillmentState, type Move } from "./domain.ts";

describe("[FUL-1] who presses what, when", () => {
  it.each<[FulfillmentState, Move, ReturnType<typeof move>]>([
    ["planned", "accept", { kind: "moves", to: "accepted" }],
    ["accepted", "prepare", { kind: "moves", to: "in_preparation" }],
    ["in_preparation", "ready", { kind: "moves", to: "ready" }],
    ["ready", "collect", { kind: "moves", to: "collected" }],
    ["planned", "collect", { kind: "moves", to: "collected" }],
    ["ready", "ready", { kind: "is_there" }],
    ["ready", "accept", { kind: "refused", because: "ready" }],
    ["collected", "ready", { kind: "refused", because: "collected" }],
    ["canceled", "collect", { kind: "refused", because: "canceled" }],
    ["in_preparation", "cancel", { kind: "refused", because: "in_preparation" }],
  ])("%s, %s", (state, act, decision) => {
    expect(move(state, act)).toEqual(decision);
  });

  it("nothing leads out of what is done", () => {
    for (const act of ["accept", "prepare", "ready", "cancel"] as const) expect(move("collected", act).kind).toBe("refused");
  });
});

describe("when it can be handed over", () => {
  const placed = new Date("2026-03-02T09:00:00Z");
  it("takes as long as the slowest goods", () => {
    expect(promisedAt(placed, [60, 240, 0], null)).toEqual(new Date("2026-03-02T09:04:00Z"));
  });
  it("is not before the customer asked for it, and not before it can be", () => {
    expect(promisedAt(placed, [60], new Date("2026-03-02T12:00:00Z"))).toEqual(new Date("2026-03-02T12:00:00Z"));
    expect(promisedAt(placed, [600], new Date("2026-03-02T09:05:00Z"))).toEqual(new Date("2026-03-02T09:10:00Z"));
  });
  it("is at once without preparation", () => {
    expect(promisedAt(placed, [], null)).toEqual(placed);
  });
});

it("a collection code has six digits", () => {
  fc.assert(fc.property(fc.uuid(), (id) => /^\d{6}$/.test(collectCode(id))));
});
