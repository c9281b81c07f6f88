import { expect, it } from "vitest";
import { countsOf, textOfZones, zoneRowsOf } from "./tables.ts";

it("[PLA-14] the tables of a store are edited zone by zone and written as they were", () => {
  let id = 0;
  const written = "Inside: 1/2, 2/4, Bar; Terrace: T1/4";
  const rows = zoneRowsOf(written, () => `${++id}`);
  expect(rows).toEqual([
    { id: "1", name: "Inside", tables: "1/2, 2/4, Bar" },
    { id: "2", name: "Terrace", tables: "T1/4" },
  ]);
  expect(textOfZones([...rows, { id: "3", name: " ", tables: "" }])).toBe(written);
  expect(rows.map(countsOf)).toEqual([
    { tables: 3, seats: 6 },
    { tables: 1, seats: 4 },
  ]);
  expect(countsOf({ id: "4", name: "Garden", tables: "1, 1" })).toBeUndefined();
  expect([zoneRowsOf("", () => "1"), textOfZones([])]).toEqual([[], ""]);
});
