import { describe, expect, it } from "vitest";
import { goneOf } from "./gone.ts";

const level = (variantId: string, available: number | null, soldOut = false) => ({ variantId, available, soldOut });

describe("what makes a menu look different", () => {
  it("is what is marked sold out or has run out, not that one less is there", () => {
    expect(goneOf([level("b", 3), level("a", null)])).toBe("");
    expect(goneOf([level("b", 2), level("a", null)])).toBe("");
    expect(goneOf([level("b", 0), level("a", null, true)])).toBe("a b");
  });

  it("does not depend on which changed last", () => {
    expect(goneOf([level("a", 0), level("b", 0)])).toBe(goneOf([level("b", 0), level("a", 0)]));
  });
});
