import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectCode, move, remindsAt, type FulfillmentState, type Move } from "./domain.ts";

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

describe("[FUL-12] when somebody who is waited for is reminded", () => {
  const ready = new Date("2026-03-02T10:00:00Z");
  it.each([
    ["as early as the place says", "2026-03-03T10:00:00Z", 120, "2026-03-03T08:00:00.000Z"],
    ["never in the first half of a short waiting", "2026-03-02T12:00:00Z", 120, "2026-03-02T11:00:00.000Z"],
    ["not at all where the place says so", "2026-03-03T10:00:00Z", 0, undefined],
  ])("%s", (_name, until, minutes, at) => {
    expect(remindsAt(ready, new Date(until), minutes)?.toISOString()).toBe(at);
  });
});
