import { expect, it } from "vitest";
import { wayOfScanned } from "./open-scanned.ts";
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

it("[SCN-3] what lies on paper and in a hand opens its screen at once: receipts, receipts without prices, numbers of copies, collection codes", () => {
  const gift = "https://shop.example/g/AbCdEfGhIjKlMnOpQrSt_-";
  expect(parseScan(gift)).toEqual({ kind: "receipt", address: gift });
  expect(parseScan("lyb1-000123")).toEqual({ kind: "receipt", address: "LYB1-000123" });
  expect(parseScan("LYB1-X000004")).toEqual({ kind: "receipt", address: "LYB1-X000004" });
  expect(wayOfScanned(parseScan(gift))).toEqual({ to: "/returns", search: { code: gift } });
  expect(wayOfScanned(parseScan("rt ac34 dfk6"))).toEqual({ to: "/returns", search: { code: "RTAC34DFK6" } });
  expect(wayOfScanned(parseScan("482 913"))).toEqual({ to: "/collections", search: { code: "482913" } });
  expect(wayOfScanned(parseScan("4006381333931"))).toBeUndefined();
});

it("[SCN-1] [TIL-70] a code of GS1 is goods with what it says of them", () => {
  const item = { gtin: "09506000134352", useBy: "2026-12-25", batch: "A1" };
  expect(parseScan("]d201095060001343521726122510A1", "2026-11-23")).toEqual({ kind: "gs1", item });
  expect(parseScan("https://id.gs1.org/01/09506000134352/10/A1?17=261225", "2026-11-23")).toEqual({ kind: "gs1", item });
});

it("[SCN-1] a number with a wrong check digit is no barcode", () => {
  expect(isGtin("4006381333930")).toBe(false);
  expect(isGtin("96385074")).toBe(true);
});
