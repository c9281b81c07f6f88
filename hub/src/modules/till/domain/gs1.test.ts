import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDigit } from "../../catalog/domain/gtin.ts";
import { freshnessOf } from "../../batches/domain/index.ts";
import { formsOfGtin, GS, readGs1, type Gs1Item } from "./gs1.ts";

const TODAY = "2026-11-23";
const read = (text: string) => readGs1(text, TODAY);

describe("[TIL-70] a GS1 code", () => {
  // GTIN, batch, serial and dates of the examples that GS1 prints in its General Specifications and its Digital Link standard.
  it.each<readonly [string, string, Gs1Item]>([
    ["an element string of fixed length", "010950110102091717261231", { gtin: "09501101020917", useBy: "2026-12-31" }],
    [
      "variable length parted by the separator, as a DataMatrix has it",
      `]d201095011010209171726123110ABCD1234${GS}2110`,
      { gtin: "09501101020917", useBy: "2026-12-31", batch: "ABCD1234", serial: "10" },
    ],
    [
      "what people read below it",
      "(01)09501101020917(17)261231(10)ABCD1234(21)10",
      { gtin: "09501101020917", useBy: "2026-12-31", batch: "ABCD1234", serial: "10" },
    ],
    [
      "a weight in kilograms with three decimals, and what is to be paid",
      `0109506000149301310300019539220299${GS}17261225`,
      {
        gtin: "09506000149301",
        grams: 195,
        price: { amount: 299, decimals: 2 },
        useBy: "2026-12-25",
      },
    ],
    [
      "an amount with its currency",
      `0109506000149301393297812345${GS}3007`,
      { gtin: "09506000149301", price: { amount: 12345, decimals: 2, currency: "978" }, count: 7 },
    ],
    ["a case by what it holds", `02095060001343523700012`, { gtin: "09506000134352", count: 12 }],
    [
      "a Digital Link address",
      "https://id.gs1.org/01/09506000134352/10/ABC1/21/12345?17=261225",
      {
        gtin: "09506000134352",
        batch: "ABC1",
        serial: "12345",
        useBy: "2026-12-25",
      },
    ],
    [
      "one with a path of its own, a short number, and words that are no identifiers",
      "https://example.com/some/path/01/9506000134352/10/A%2FB?15=261225&utm=x",
      {
        gtin: "09506000134352",
        batch: "A/B",
        bestBefore: "2026-12-25",
      },
    ],
    ["a day 00 is the last of its month", "(01)09506000134352(15)270200", { gtin: "09506000134352", bestBefore: "2027-02-28" }],
    ["a year is in the nearest century", "(01)09506000134352(17)990101", { gtin: "09506000134352", useBy: "1999-01-01" }],
    ["a link of its maker", "(01)09506000134352(8200)https://example.com", { gtin: "09506000134352", link: "https://example.com" }],
  ])("%s", (_, code, item) => expect(read(code)).toEqual(item));

  it.each([
    ["a wrong check digit", "(01)09506000134353"],
    ["a day that no calendar has", "(01)09506000134352(17)260230"],
    ["an identifier that nobody knows", `010950600013435288${GS}X`],
    ["the same identifier twice", "(01)09506000134352(10)A(10)B"],
    ["a field that is too long", `010950600013435210${"A".repeat(21)}`],
    ["a field that is cut off", "010950600013435217261"],
    ["a plain EAN-13", "4006381333931"],
    ["the card of a member", "2900000000000007"],
    ["an address of ours", "https://shop.example/r/AbCdEfGhIjKlMnOpQrSt_-"],
    ["an escape that is none", "https://example.com/01/09506000134352/10/%E0%A4"],
    ["a text", "croissant"],
  ])("is not %s", (_, code) => expect(read(code)).toBeUndefined());

  it("says the same as an element string, with brackets and as an address, whatever is in it", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{1,20}$/);
    const given = fc.record({
      digits: fc.stringMatching(/^\d{13}$/),
      batch: word,
      serial: word,
      grams: fc.integer({ min: 1, max: 999_999 }),
    });
    fc.assert(
      fc.property(given, fc.boolean(), ({ digits, batch, serial, grams }, hasSymbology) => {
        const gtin = `${digits}${checkDigit(digits)}`;
        const weight = String(grams).padStart(6, "0");
        const item = { gtin, batch, serial, grams };
        const string = `01${gtin}3103${weight}10${batch}${GS}21${serial}`;
        expect(read(hasSymbology ? `]C1${string}` : string)).toEqual(item);
        expect(read(`(01)${gtin}(3103)${weight}(10)${batch}(21)${serial}`)).toEqual(item);
        expect(read(`https://example.com/01/${gtin}/10/${batch}/21/${serial}?3103=${weight}`)).toEqual(item);
      }),
      { numRuns: 100 },
    );
  });

  it("whatever is scanned is read or is not, and never stops the till", () => {
    fc.assert(
      fc.property(fc.constantFrom("", "0109506000134352", "https://example.com/01/09506000134352/"), fc.string(), (head, tail) => {
        const text = `${head}${tail}`;
        const item = read(text);
        return item === undefined || /^\d{14}$/.test(item.gtin);
      }),
      { numRuns: 200 },
    );
  });

  it("is found in a catalog with the noughts that fill its number up, and without", () => {
    expect(formsOfGtin("09506000134352")).toEqual(["09506000134352", "9506000134352"]);
    expect(formsOfGtin("00000096385074")).toEqual(["00000096385074", "0000096385074", "000096385074", "96385074"]);
  });
});

describe("[TIL-71] how long a thing keeps", () => {
  it.each([
    ["after the day until which it may be used it is not sold", { useBy: "2026-11-22" }, { kind: "expired", on: "2026-11-22" }],
    ["on that day it is, and near it", { useBy: TODAY }, { kind: "near", on: TODAY }],
    ["after the day until which it may be sold it is not", { sellBy: "2026-11-01" }, { kind: "expired", on: "2026-11-01" }],
    ["past its best it is sold, when its buyer is told", { bestBefore: "2026-11-22" }, { kind: "past_best", on: "2026-11-22" }],
    ["three days before the end it is near", { useBy: "2026-11-26" }, { kind: "near", on: "2026-11-26" }],
    ["and not before", { useBy: "2026-11-27", bestBefore: "2026-12-24" }, { kind: "fresh" }],
    ["what says nothing keeps", {}, { kind: "fresh" }],
  ] as const)("%s", (_, said, expected) => expect(freshnessOf(said, TODAY)).toEqual(expected));
});
