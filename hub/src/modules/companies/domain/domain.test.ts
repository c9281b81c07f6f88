import { newId, type RecordId } from "@weft/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countryOfVatNumber, monthOf, passedLimit, readVatNumber, strongest, type Membership } from "./index.ts";

/** Numbers that the tax offices' own examples or public registers show, one for each rule. */
const GOOD: readonly (readonly [country: string, typed: string, value: string])[] = [
  ["AD", "L-706197-A", "ADL706197A"],
  ["AT", "ATU13585627", "ATU13585627"],
  ["BE", "BE 0428.759.497", "BE0428759497"],
  ["CH", "CHE-107.787.577 MWST", "CH107787577"],
  ["CY", "CY10259033P", "CY10259033P"],
  ["DE", "136 695 976", "DE136695976"],
  ["DK", "DK 13585628", "DK13585628"],
  ["EE", "EE 100 931 558", "EE100931558"],
  ["ES", "ES B-58378431", "ESB58378431"],
  ["ES", "54362315K", "ES54362315K"],
  ["ES", "X2482300W", "ESX2482300W"],
  ["FI", "FI 20774740", "FI20774740"],
  ["FR", "Fr 40 303 265 045", "FR40303265045"],
  ["GB", "GB 980 7806 84", "GB980780684"],
  ["GR", "EL 094259216", "EL094259216"],
  ["HR", "HR 33392005961", "HR33392005961"],
  ["HU", "HU-12892312", "HU12892312"],
  ["IE", "IE 6433435F", "IE6433435F"],
  ["IT", "IT 00743110157", "IT00743110157"],
  ["LU", "LU 150 274 42", "LU15027442"],
  ["MT", "MT 1167-9112", "MT11679112"],
  ["NL", "NL 0044.95.445.B01", "NL004495445B01"],
  ["NO", "NO 995 525 828 MVA", "NO995525828"],
  ["PL", "PL 8567346215", "PL8567346215"],
  ["PT", "PT 501 964 843", "PT501964843"],
  ["SE", "SE 123456789701", "SE123456789701"],
  ["SI", "SI 50223054", "SI50223054"],
  ["SK", "SK 202 274 96 19", "SK2022749619"],
];

describe("[CMP-2] a VAT number", () => {
  it.each(GOOD)("of %s reads %s", (country, typed, value) => {
    expect(readVatNumber(country, typed)).toEqual({ value });
  });

  it.each(GOOD.filter(([country]) => !["AD", "CY"].includes(country)))("of %s with a wrong digit is none: %s", (country, typed) => {
    // The digit before the last but one: in each of these rules it counts, and is no part of the words around a number.
    const at =
      [...typed].flatMap((sign, index) => (/\d/.test(sign) ? [index] : [])).at(country === "SE" || country === "NL" ? -4 : -3) ?? 0;
    const wrong = typed.slice(0, at) + ((Number(typed[at]) + 1) % 10) + typed.slice(at + 1);
    expect(readVatNumber(country, wrong)).toHaveProperty("problem");
  });

  it("tells its country by its prefix only when it is one of it", () => {
    expect(["DE 512 000 024", "EL094259216", "DE123", "512000024"].map(countryOfVatNumber)).toEqual(["DE", "GR", undefined, undefined]);
  });

  it("of another country is told as that, and a form that no country has as none", () => {
    expect(readVatNumber("DE", "FR40303265045")).toEqual({ problem: "other_country" });
    expect(readVatNumber("DE", "12345")).toEqual({ problem: "form" });
    expect(readVatNumber("JP", "1234567890123")).toEqual({ value: "JP1234567890123" });
  });

  it("read again stays what it is, however it is written", () => {
    fc.assert(
      fc.property(fc.constantFrom(...GOOD), fc.constantFrom("", " ", ".", "-"), ([country, , value], sign) => {
        const written = value.split("").join(sign);
        expect(readVatNumber(country, written.toLowerCase())).toEqual({ value });
      }),
    );
  });
});

const membership = (over: Partial<Membership>): Membership => ({
  recordId: newId<RecordId>(),
  role: "member",
  state: "active",
  source: "office",
  since: new Date("2026-03-02T09:00:00Z"),
  ...over,
});

describe("[CMP-4] of all that somebody's records are to a company", () => {
  it("what holds counts before what is suggested, then the role that may most, in whatever order they come", () => {
    const all = [membership({ role: "owner", state: "suggested" }), membership({ role: "buyer" }), membership({ role: "member" })] as const;
    fc.assert(
      fc.property(fc.shuffledSubarray([...all], { minLength: 3 }), ([first, ...others]) => {
        if (!first) throw new Error("three are there");
        expect(strongest([first, ...others])).toBe(all[1]);
      }),
    );
  });
});

describe("[CMP-7] the limit", () => {
  const company = { currency: "EUR", orderLimit: 5000, monthLimit: 8000, used: { "2026-03": 6000 } };
  const total = (amount: number, currency = "EUR") => ({ amount, currency });

  it("of an order and of its month tells what is left; what fits exactly passes", () => {
    expect(passedLimit(company, total(2000), "2026-03")).toBeUndefined();
    expect(passedLimit(company, total(2001), "2026-03")).toEqual({ limit: "month", left: 2000, currency: "EUR" });
    expect(passedLimit(company, total(5000), "2026-04")).toBeUndefined();
    expect(passedLimit(company, total(5001), "2026-04")).toEqual({ limit: "order", left: 5000, currency: "EUR" });
    expect(passedLimit(company, total(1, "CHF"), "2026-03")).toEqual({ limit: "currency", left: 0, currency: "EUR" });
    expect(passedLimit({ ...company, orderLimit: null, monthLimit: null }, total(1e9, "CHF"), "2026-03")).toBeUndefined();
  });

  it("counts for the month of the calendar where the order is placed", () => {
    const at = new Date("2026-03-31T22:30:00Z");
    expect([monthOf(at, "Europe/Paris"), monthOf(at, "Europe/London"), monthOf(at, "America/New_York")]).toEqual([
      "2026-04",
      "2026-03",
      "2026-03",
    ]);
  });
});
