import type { ProductId, VariantId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import { nearEndOf, recallOf, sameTrace, traceOf, type RecallId, type StandingRecall, type Trace } from "./index.ts";

const [PRODUCT, SMALL, LARGE] = ["product" as ProductId, "small" as VariantId, "large" as VariantId]; // a pure rule asks for no real ids

const recall = (given: Partial<StandingRecall>): StandingRecall => ({
  id: "recall" as RecallId, // as above
  productId: PRODUCT,
  variantId: null,
  batches: [],
  serials: [],
  reason: { en: "glass" },
  ...given,
});
const isStopped = (given: Partial<StandingRecall>, trace?: Trace, variantId = SMALL) =>
  recallOf([recall(given)], { productId: PRODUCT, variantId, trace }) !== undefined;

describe("[BAT-1] what a code says of this very one", () => {
  it("is its batch, serial number and days, and nothing where it says none of them", () => {
    expect(traceOf({ batch: "A1", useBy: "2026-12-31", gtin: "1", grams: 5 } as Trace)).toEqual({ batch: "A1", useBy: "2026-12-31" });
    expect(traceOf({ serial: undefined })).toBeUndefined();
  });

  it("makes one line of a batch, and one of each serial number", () => {
    const one = { batch: "A1", useBy: "2026-12-31" };
    expect(sameTrace(one, { ...one })).toBe(true);
    expect(sameTrace(one, { ...one, useBy: "2027-01-01" })).toBe(false);
    expect(sameTrace(one, undefined)).toBe(false);
    expect(sameTrace(undefined, undefined)).toBe(true);
    expect(sameTrace({ serial: "7" }, { serial: "7" })).toBe(false);
  });
});

describe("[BAT-2] a recall", () => {
  it.each([
    ["of a batch stops that batch", { batches: ["A1"] }, { batch: "A1" }, true],
    ["of a batch says nothing of another", { batches: ["A1"] }, { batch: "A2" }, false],
    ["of a batch says nothing of goods whose code nobody read", { batches: ["A1"] }, undefined, false],
    ["of a serial number stops that one, whatever its batch", { serials: ["7"] }, { batch: "A2", serial: "7" }, true],
    ["of everything stops all of it, also without a code", {}, undefined, true],
  ])("%s", (_, given, trace, expected) => expect(isStopped(given, trace)).toBe(expected));

  it("of one variant says nothing of the others, nor of other products", () => {
    expect(isStopped({ variantId: LARGE }, undefined, SMALL)).toBe(false);
    expect(isStopped({ variantId: LARGE }, undefined, LARGE)).toBe(true);
    expect(isStopped({ productId: "another" as ProductId })).toBe(false); // as above
  });
});

describe("[BAT-8] a thing is near its last day", () => {
  const rule = { days: 2, percent: 30 };
  it.each([
    ["from as many days before it as the store says", { useBy: "2026-11-25" }, { percent: 30, on: "2026-11-25" }],
    ["not earlier", { useBy: "2026-11-26" }, undefined],
    ["also where it was at its best until a day that is over", { bestBefore: "2026-11-20" }, { percent: 30, on: "2026-11-20" }],
    ["never after the day until which it may be sold", { sellBy: "2026-11-22" }, undefined],
    ["never where its code says no day", { batch: "A1" }, undefined],
  ])("%s", (_, trace, expected) => expect(nearEndOf(trace, rule, "2026-11-23")).toEqual(expected));

  it("and is marked down nowhere where the store marks nothing down", () => {
    expect(nearEndOf({ useBy: "2026-11-23" }, { days: 2, percent: 0 }, "2026-11-23")).toBeUndefined();
  });
});
