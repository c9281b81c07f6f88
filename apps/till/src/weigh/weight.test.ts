import { describe, expect, it } from "vitest";
import { gramsTyped, netOf } from "./weight.ts";

describe("[TIL-32] a weight that is typed in", () => {
  it.each([
    ["312", 312],
    ["0,312", 312],
    ["0.312 kg", 312],
    ["1 kg", 1000],
    ["1.5", 1500],
    ["312 g", 312],
    ["", undefined],
    ["abc", undefined],
    ["-5", undefined],
    ["1.2345", undefined],
  ])("%s are %s grams", (typed, grams) => expect(gramsTyped(typed)).toBe(grams));

  it("is sold without what it lies in, and never as nothing or less", () => {
    expect(netOf(312, 12)).toEqual({ kind: "net", grams: 300 });
    expect(netOf(12, 12)).toEqual({ kind: "not_yet", because: "nothing" });
    expect(netOf(-3, 0)).toEqual({ kind: "not_yet", because: "below_zero" });
    expect(netOf(12_000, 0)).toEqual({ kind: "not_yet", because: "too_much" });
  });
});
