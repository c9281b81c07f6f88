import { describe, expect, it } from "vitest";
import { foldText, isSameName, maskContact, nameWords } from "./names.ts";
import { readSearch } from "./search.ts";

describe("what somebody typed to find a person [IDN-16]", () => {
  it.each([
    ["lea.fontaine@example.com", { kind: "email", text: "lea.fontaine@example.com" }],
    [" 06 39 98 77 01 ", { kind: "number", text: "06 39 98 77 01", digits: "0639987701" }],
    ["7701", { kind: "last_digits", digits: "7701" }],
    ["77 01", { kind: "last_digits", digits: "7701" }],
    ["770", { kind: "name", words: ["770"] }],
    ["Léa Fontaine", { kind: "name", words: ["lea", "fontaine"] }],
    ["O’Brien", { kind: "name", words: ["o", "brien"] }],
    ["CRM-10023", { kind: "code", text: "CRM-10023" }],
    [`${"a".repeat(30)}.${"b".repeat(40)}.${"c-_".repeat(20)}`, { kind: "card_token" }],
  ])("%s", (text, meaning) => {
    expect(readSearch(text)).toMatchObject(meaning);
  });
});

describe("names", () => {
  it.each([
    ["Müller", "muller"],
    ["ŁUKASZ", "lukasz"],
    ["Straße", "strasse"],
    ["Œuvre", "oeuvre"],
    ["Núria", "nuria"],
  ])("%s is found as %s", (name, folded) => {
    expect(foldText(name)).toBe(folded);
  });

  it("are compared as people write them, and what was not said agrees with nothing", () => {
    expect(isSameName({ givenName: "José", familyName: "MARTI" }, { givenName: "jose", familyName: "Martí" })).toBe(true);
    expect(isSameName({ givenName: "José" }, { givenName: "José", familyName: "Martí" })).toBe(false);
    expect(nameWords({ givenName: "Anna Maria", familyName: "Garcia-Puig" })).toEqual(["anna", "maria", "garcia", "puig"]);
  });

  it("[IDN-11] a contact shows its end only", () => {
    expect([maskContact("phone", "+33639987701"), maskContact("email", "lea.fontaine@example.com")]).toEqual([
      "•• 77 01",
      "l•••@example.com",
    ]);
  });
});
