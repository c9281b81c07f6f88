import { expect, it } from "vitest";
import { isGtin, parseScan } from "./parse-scan.ts";

it("[SCN-1] one reader tells what was scanned", () => {
  expect(parseScan("https://weft.example/shop/handover/ac3-4def")).toEqual({ kind: "handover", code: "AC3-4DEF" });
  expect(parseScan(" ac34 def ")).toEqual({ kind: "handover", code: "AC34DEF" });
  expect(parseScan("rt ab34 dfk6")).toEqual({ kind: "text", text: "rt ab34 dfk6" });
  const address = "https://shop.example/r/AbCdEfGhIjKlMnOpQrSt_-";
  expect(parseScan(address)).toEqual({ kind: "receipt", address });
  expect(parseScan("rt ac34 dfk6")).toEqual({ kind: "return", code: "RTAC34DFK6" });
  expect(parseScan("482 913")).toEqual({ kind: "collection", code: "482913" });
  expect(parseScan("4006381333931")).toEqual({ kind: "barcode", barcode: "4006381333931" });
  expect(parseScan("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2lnbmF0dXJl_-8")).toMatchObject({ kind: "member" });
  expect(parseScan("2900 0000 0000 0007")).toEqual({ kind: "member", token: "2900000000000007" });
  expect(parseScan("2900 0000 0000 0008")).toMatchObject({ kind: "text" });
  expect(parseScan("croissant")).toEqual({ kind: "text", text: "croissant" });
});

it("[SCN-1] a number with a wrong check digit is no barcode", () => {
  expect(isGtin("4006381333930")).toBe(false);
  expect(isGtin("96385074")).toBe(true);
});
