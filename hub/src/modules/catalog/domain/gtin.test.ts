import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDigit, printedGtin, readGtin } from "./gtin.ts";

describe("barcodes", () => {
  it.each([
    ["4006381333931", "04006381333931", "ean_13"],
    ["036000291452", "00036000291452", "upc_a"],
    ["0036000291452", "00036000291452", "ean_13"],
    ["96385074", "00000096385074", "ean_8"],
    ["10614141000415", "10614141000415", "itf_14"],
    ["4 006381 333931", "04006381333931", "ean_13"],
    ["400-6381-333931", "04006381333931", "ean_13"],
  ])("[CAT-2] %s is kept as %s", (text, gtin, symbology) => {
    expect(readGtin(text)).toEqual({ ok: true, value: { gtin, symbology } });
  });

  it.each([
    ["4006381333932", "check_digit"],
    ["036000291453", "check_digit"],
    ["40063813339", "length"],
    ["", "not_digits"],
    ["40063813339３1", "not_digits"],
    ["COF-ESP", "not_digits"],
  ])("[CAT-2] %j is refused: %s", (text, because) => {
    expect(readGtin(text)).toEqual({ ok: false, error: because });
  });

  it("[CAT-2] any one wrong digit is noticed", () => {
    const body = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(body, fc.nat(12), fc.integer({ min: 1, max: 9 }), (digits, at, off) => {
        const code = `${digits.join("")}${checkDigit(digits.join(""))}`;
        const wrong = code.slice(0, at) + ((Number(code[at]) + off) % 10) + code.slice(at + 1);
        expect([readGtin(code).ok, readGtin(wrong).ok]).toEqual([true, false]);
      }),
    );
  });

  it("a barcode is printed with the digits it came with", () => {
    for (const text of ["4006381333931", "036000291452", "96385074", "10614141000415"]) {
      const read = readGtin(text);
      expect(read.ok && printedGtin(read.value)).toBe(text);
    }
  });
});
