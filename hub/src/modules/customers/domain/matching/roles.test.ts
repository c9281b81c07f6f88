import { describe, expect, it } from "vitest";
import { dateDigits, dayOrderOf } from "./dates.ts";
import { detectRoles } from "./roles.ts";

const rolesOf = (header: string[], ...rows: string[][]): string[] => detectRoles(header, rows).map(({ role }) => role);

describe("what a column holds is seen by its header and its values", () => {
  it.each([
    [
      "German",
      ["KdNr", "Vorname", "Nachname", "Geburtsdatum", "Straße", "PLZ", "Ort", "Telefon"],
      ["given", "family", "birthDate", "street", "postcode", "city", "phone"],
    ],
    [
      "French",
      ["n", "Prénom", "Nom", "Date de naissance", "Adresse", "Code postal", "Ville", "Tél"],
      ["given", "family", "birthDate", "street", "postcode", "city", "phone"],
    ],
    [
      "Catalan",
      ["n", "Nom propi", "Cognoms", "Data de naixement", "Adreça", "Codi postal", "Població", "Telèfon"],
      ["given", "family", "birthDate", "street", "postcode", "city", "phone"],
    ],
    [
      "Spanish",
      ["n", "Nombre", "Apellidos", "Fecha de nacimiento", "Dirección", "Código postal", "Ciudad", "Móvil"],
      ["given", "family", "birthDate", "street", "postcode", "city", "phone"],
    ],
  ])("%s headers", (_language, header, wanted) => {
    const row = ["17", "Anna", "Serra", "1980-04-03", "Gran 12", "08001", "Vic", "+34600000001"];
    expect(rolesOf(header, row, row).slice(1)).toEqual(wanted);
  });

  it("values decide where the header says nothing", () => {
    const rows = Array.from({ length: 40 }, (_, i) => [
      `p${i}@mail.example`,
      `19${10 + i}-03-04`,
      i % 2 ? "yes" : "no",
      `+33612345${100 + i}`,
    ]);
    expect(rolesOf(["a", "b", "c", "d"], ...rows)).toEqual(["email", "birthDate", "category", "phone"]);
  });

  it("a lone name column is the whole name, beside a family name the given one", () => {
    expect(rolesOf(["name"], ["Anna Serra"])).toEqual(["fullName"]);
    expect(rolesOf(["name", "surname"], ["Anna", "Serra"])).toEqual(["given", "family"]);
  });

  it("a role that is given wins", () => {
    expect(detectRoles(["name"], [["x"]], new Map([["name", "ignore"]]))).toEqual([{ name: "name", role: "ignore" }]);
  });

  it("dates of any form are read by what most of their column ask for, and stay as impossible as they were", () => {
    expect(dayOrderOf(["03/04/1990", "12/25/1990"])).toBe("monthFirst");
    expect(["1990-04-03", "3.4.1990", "19900403", "1859-13-14", "3/4/90"].map((text) => dateDigits(text, "dayFirst"))).toEqual([
      "19900403",
      "19900403",
      "19900403",
      "18591314",
      "19900403",
    ]);
  });
});
