import { expect, it } from "vitest";
import { moved, readBarcodes, slugOf } from "./draft.ts";

it.each([
  ["Café au lait!", "cafe-au-lait"],
  ["  Weißer Becher ", "weisser-becher"],
  ["Tassa de col·lecció", "tassa-de-col-leccio"],
  ["---", ""],
])("the address of %j is %j", (name, slug) => expect(slugOf(name)).toBe(slug));

it("an entry moves within its list, and never out of it", () => {
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b", "c"], 0, -1)).toEqual(["a", "b", "c"]);
  expect(moved(["a"], 3, 1)).toEqual(["a"]);
});

it("[CAT-2] a barcode with a wrong check digit is told before it is sent", () => {
  expect(readBarcodes("4006381333931, 96385074")).toEqual({ barcodes: ["4006381333931", "96385074"], wrong: undefined });
  expect(readBarcodes("4006381333932").wrong).toBe("4006381333932");
  expect(readBarcodes(" ")).toEqual({ barcodes: [], wrong: undefined });
});
