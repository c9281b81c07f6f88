import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectCode, move, type FulfillmentState, type Move } from "./domain.ts";

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

it("a collection code has six digits", () => {
  fc.assert(fc.property(fc.uuid(), (id) => /^\d{6}$/.test(collectCode(id))));
});
