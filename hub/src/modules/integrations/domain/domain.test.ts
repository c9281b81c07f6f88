import { csvLine } from "@weft/kernel";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decimalOf,
  findFields,
  isHeader,
  orderOfDates,
  readCountry,
  readDate,
  readDecision,
  readLocale,
  readTime,
  readTrait,
  splitName,
  withoutGuard,
} from "./index.ts";

const fieldsOf = (kind: "customers" | "events" | "consents", header: string[], rows: string[][] = []) =>
  findFields(kind, header, rows).map(({ field }) => field);

describe("[IMP-8] columns are found", () => {
  it.each([
    [
      "German",
      ["Kundennr.", "Vorname", "Nachname", "E-Mail-Adresse", "Handynummer", "Geburtsdatum", "Straße", "PLZ", "Ort", "Land", "Newsletter"],
    ],
    [
      "French",
      ["N° client", "Prénom", "Nom", "Courriel", "Téléphone", "Date de naissance", "Rue", "Code postal", "Ville", "Pays", "Newsletter"],
    ],
    [
      "Catalan",
      [
        "Número de client",
        "Nom propi",
        "Cognoms",
        "Correu electrònic",
        "Telèfon",
        "Data de naixement",
        "Adreça",
        "Codi postal",
        "Ciutat",
        "País",
        "Butlletí",
      ],
    ],
    [
      "English",
      ["Customer ID", "First Name", "Last Name", "Email", "Phone", "DOB", "Address1", "Zip", "City", "Country", "Accepts Marketing"],
    ],
  ])("by %s names", (_language, header) => {
    const found = fieldsOf("customers", header);
    const wanted = [
      "externalId",
      "givenName",
      "familyName",
      "email",
      "phone",
      "birthDate",
      "street",
      "postcode",
      "city",
      "country",
      "optInEmail",
    ];
    expect(found).toEqual(wanted);
  });

  it("by their values where the name says nothing, each field once", () => {
    const rows = [
      ["lea@example.com", "+33 6 39 98 55 44", "05.04.1979", "Léa", "x@example.com"],
      ["max@example.com", "030 12 34 56 78", "17.12.1983", "Max", "y@example.com"],
    ];
    expect(fieldsOf("customers", ["A", "B", "C", "D", "E"], rows)).toEqual(["email", "phone", "birthDate", "trait", "trait"]);
  });

  it("in events and consents by what they are there", () => {
    expect(fieldsOf("events", ["user_id", "event", "timestamp", "message id", "color"])).toEqual([
      "externalId",
      "event",
      "time",
      "messageId",
      "trait",
    ]);
    expect(fieldsOf("consents", ["email", "channel", "status", "date", "IP"])).toEqual(["email", "channelKind", "state", "time", "ignore"]);
  });

  it("and a first row of values is no header", () => {
    expect(isHeader(["E-Mail", "Name"])).toBe(true);
    expect(isHeader(["lea@example.com", "Léa"])).toBe(false);
    expect(isHeader(["1979-04-05", "Léa"])).toBe(false);
  });
});

describe("[IMP-8] dates", () => {
  it.each([
    ["05.04.1979", "mdy", "1979-04-05"],
    ["05/04/1979", "dmy", "1979-04-05"],
    ["05/04/1979", "mdy", "1979-05-04"],
    ["5-4-79", "dmy", "1979-04-05"],
    ["5.4.26", "dmy", "2026-04-05"],
    ["5.4.27", "dmy", "1927-04-05"],
    ["1979-04-05", "mdy", "1979-04-05"],
    ["19790405", "dmy", "1979-04-05"],
    ["31.02.1979", "dmy", undefined],
    ["13/13/1979", "dmy", undefined],
    ["April 5", "dmy", undefined],
    ["05.04.179", "dmy", undefined],
  ] as const)("%s in order %s is %s", (text, order, date) => expect(readDate(text, order, 2026)).toBe(date));

  it("of which both could be the day leave it open, one of them tells all", () => {
    expect(orderOfDates(["birthDate"], [["03/04/1980"], ["05/06/1981"]])).toBe(null);
    expect(orderOfDates(["birthDate"], [["03/04/1980"], ["13/06/1981"]])).toBe("dmy");
    expect(orderOfDates(["birthDate"], [["03/04/1980"], ["06/13/1981"]])).toBe("mdy");
    expect(orderOfDates(["birthDate"], [["1980-04-03"]])).toBe("dmy");
  });

  it.each([
    ["2025-03-04T05:06:07Z", "2025-03-04T05:06:07.000Z"],
    ["2025-03-04 05:06:07 +0200", "2025-03-04T03:06:07.000Z"],
    ["1741064767", "2025-03-04T05:06:07.000Z"],
    ["1741064767000", "2025-03-04T05:06:07.000Z"],
  ])("%s says its zone", (text, at) => {
    const time = readTime(text, "dmy", 2026);
    expect(time && "at" in time ? time.at.toISOString() : time).toBe(at);
  });

  it.each([
    ["04.03.2025 05:06", "2025-03-04", 18_360],
    ["04/03/2025, 5:06:07 PM", "2025-03-04", 61_567],
    ["2025-03-04T05:06", "2025-03-04", 18_360],
    ["04.03.2025", "2025-03-04", 0],
    ["04.03.2025 12:00 AM", "2025-03-04", 0],
  ])("%s is by the clock on the wall", (text, date, seconds) => expect(readTime(text, "dmy", 2026)).toEqual({ date, seconds }));

  it.each(["yesterday", "04.03.2025 25:00", "04.03.2025 13:00 PM", ""])("%j is no moment", (text) =>
    expect(readTime(text, "dmy", 2026)).toBe(undefined),
  );
});

describe("[IMP-8] words", () => {
  it("say yes, no or nothing, and what is none of these is never guessed", () => {
    expect(["ja", "YES", "1", "subscribed", "Oui"].map(readDecision)).toEqual(Array(5).fill("granted"));
    expect(["nein", "FALSE", "0", "unsubscribed", "cleaned"].map(readDecision)).toEqual(Array(5).fill("withdrawn"));
    expect(["", "unknown", "null"].map(readDecision)).toEqual(Array(3).fill("nothing"));
    expect(readDecision("vielleicht")).toBe(undefined);
  });

  it("name countries and languages in the languages of the hub", () => {
    expect(["Deutschland", "Allemagne", "Germany", "Alemanya", "de"].map(readCountry)).toEqual(Array(5).fill("DE"));
    expect(["UK", "U.S.A.", "D"].map(readCountry)).toEqual(["GB", "US", "DE"]);
    expect(readCountry("Atlantis")).toBe(undefined);
    expect(["fr-CH", "Français", "Deutsch", "ca", "sv"].map(readLocale)).toEqual(["fr", "fr", "de", "ca", undefined]);
  });

  it("are numbers only where nothing is lost by it", () => {
    expect([readTrait("12,5", ","), readTrait("12.5", ","), readTrait("007", "."), readTrait("-3", ".")]).toEqual([
      12.5,
      "12.5",
      "007",
      -3,
    ]);
    expect(decimalOf([["12,50"], ["3,99"]])).toBe(",");
    expect(decimalOf([["12.50"]])).toBe(".");
  });

  it("are parted into names", () => {
    expect(splitName("Léa  Fontaine")).toEqual({ givenName: "Léa", familyName: "Fontaine" });
    expect(splitName("Fontaine, Léa Marie")).toEqual({ givenName: "Léa Marie", familyName: "Fontaine" });
    expect(splitName("Madonna")).toEqual({ givenName: "Madonna" });
    expect(splitName(" ")).toEqual({});
  });
});

describe("[IMP-12] a line of an export", () => {
  it("runs nothing in a spreadsheet, and is read back as it was", () => {
    expect(csvLine(["=1+1", "+33639", "-2", "@x", "a,b", 'c"d', null])).toBe(`'=1+1,'+33639,-2,'@x,"a,b","c""d",\r\n`);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("'", "=", "-", "1", ",", "\r", "\n", '"') })), { minLength: 1 }),
        (values) => {
          const [fields] = parse(csvLine(values), { relax_column_count: true, skip_empty_lines: false });
          expect((fields ?? [""]).map(withoutGuard)).toEqual(values);
        },
      ),
      { examples: [[["'="]], [["''-2", "'1"]]] },
    );
  });
});
