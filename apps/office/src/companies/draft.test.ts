import { describe, expect, it } from "vitest";
import { bodyOf, draftOf, whatIsMissing } from "./draft.ts";

const typed = { ...draftOf(undefined), name: " Müller GmbH ", country: "DE" };

describe("a company as it is typed", () => {
  it("needs a name and a country, and an address whole or not at all", () => {
    expect(whatIsMissing(draftOf(undefined))).toBe("name");
    expect(whatIsMissing({ ...typed, country: "D" })).toBe("name");
    expect(whatIsMissing(typed)).toBeNull();
    expect(whatIsMissing({ ...typed, city: "Berlin" })).toBe("address");
    expect(whatIsMissing({ ...typed, line2: "c/o Weber" })).toBe("address");
    expect(whatIsMissing({ ...typed, line1: "Lange Straße 1", postcode: "10115", city: "Berlin" })).toBeNull();
  });

  it("is sent without blanks, with nothing where nothing stands, and with a currency only beside a limit", () => {
    expect(bodyOf(typed)).toEqual({
      name: "Müller GmbH",
      country: "DE",
      vatNumber: null,
      address: null,
      priceGroup: null,
      currency: null,
      orderLimit: null,
      monthLimit: null,
    });
    expect(bodyOf({ ...typed, priceGroup: " Offices ", monthLimit: 50_000 })).toMatchObject({ priceGroup: "offices", currency: "EUR" });
  });
});
